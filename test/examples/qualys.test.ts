import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { commandClient } from "../../src/contract/client.ts";
import { cases } from "../../src/vendors/qualys/cases/cases.ts";
import { drive, flawsIn } from "../support/broken-qualys/drive.ts";
import { emptyDirectory } from "../support/directory.ts";
import { isAll, needs, pathOf } from "../support/programs.ts";
import { onDisk } from "../support/repository.ts";

const example = (name: string): string => onDisk(`examples/qualys/${name}`);

const CLIENTS = [
  ["Node", needs(), () => ["node", example("client.mjs")]],
  ["Python", needs("Python"), () => [pathOf("Python"), example("client.py")]],
  ["Ruby", needs("Ruby"), () => ["ruby", example("client.rb")]],
  ["PHP", needs("PHP with curl"), () => ["php", example("client.php")]],
  ["Go", needs("Go"), () => [built("client.go")]],
  ["bash", needs("bash", "curl", "jq"), () => ["bash", example("client.sh")]],
] as const;

/** Compiled once: every case is a process of its own. */
function built(name: string): string {
  const program = join(emptyDirectory(), "client");
  execFileSync("go", ["build", "-o", program, example(name)]);
  return program;
}

/** All with `npm run test:all`; check.judged.test.ts drives the Node client through all of them, as a function. */
const chosen = cases.filter((_, index) => isAll || index % 8 === 0).map(({ id }) => id);
const isChosen = ({ id }: { readonly id: string }): boolean =>
  chosen.some((prefix) => id.startsWith(prefix));

describe.each(CLIENTS)("the example in %s", (_language, { skip, note }, command) => {
  it.skipIf(skip)(
    `keeps every promise, and breaks no rule${note}`,
    { timeout: 300_000 },
    async () => {
      const results = await drive(commandClient(command()), { cases: chosen });
      expect(flawsIn(results)).toEqual([]);
      expect(results.length).toBe(cases.filter(isChosen).length);
    },
  );
});
