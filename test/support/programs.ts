import { execFile } from "node:child_process";
import { TestRunner } from "vitest";
import { find, type ProgramName } from "../../scripts/programs.mjs";

/** Whether this machine has what a test needs. */
export interface Needs {
  readonly skip: boolean;
  /** For the title of the test: test/support/missing.ts reads it. */
  readonly note: string;
}

/** Set by `npm run test:all`. */
export const isAll: boolean = process.env["ALL_TESTS"] === "1";

/** A CI machine that runs everything has every program: what is missing there is a failure. */
const isExcused = !(isAll && process.env["CI"]);

/** Looks for programs of the list in scripts/programs.mjs. */
export function needs(...names: readonly ProgramName[]): Needs {
  const missing = names.filter((name) => find(name) === undefined);
  return {
    skip: missing.length > 0 && isExcused,
    note: missing.length > 0 ? ` (not here: ${missing.join(", ")})` : "",
  };
}

/** The path of a program. The test that runs is skipped where it is not here. */
export function pathOf(name: ProgramName): string {
  const { skip, note } = needs(name);
  if (skip) TestRunner.getCurrentTest()?.context.skip(note.trim());
  return find(name) ?? name;
}

/** Skips the test that runs, except in `npm run test:all`: it does what takes many seconds. */
export function leaveToAll(what: string): void {
  if (!isAll) TestRunner.getCurrentTest()?.context.skip(`(not here: ${what})`);
}

/** Of many tests that are alike, `npm test` runs each third: the condition and the note of a context's `skip`. */
export const eachThird = (index: number, what: string): readonly [boolean, string] => [
  !isAll && index % 3 !== 0,
  `(not here: time for ${what})`,
];

/** Of many tests that are run twice, `npm test` runs the one whose numbers add up to an even sum. */
export const eachOther = (
  index: number,
  turn: number,
  what: string,
): readonly [boolean, string] => [
  !isAll && (index + turn) % 2 === 1,
  `(not here: time for ${what})`,
];

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program with these variables besides PATH; the server in this process goes on answering meanwhile. */
export function run(
  command: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  // Without the rest of the environment: a proxy that is set there would get the request.
  const env = { PATH: process.env["PATH"], ...variables };
  return new Promise((resolve, reject) => {
    execFile(command, args, { env }, (error, stdout, stderr) => {
      if (error && typeof error.code !== "number") return reject(error);
      return resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}
