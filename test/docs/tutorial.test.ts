import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { INSTALL } from "../../scripts/origin.mjs";
import { built } from "../support/built.ts";
import { emptyDirectory } from "../support/directory.ts";
import { environment } from "../support/environment.ts";
import { pack } from "../support/packed.ts";
import { type Block, blocksIn } from "../support/pages.ts";
import { isAll, pathOf } from "../support/programs.ts";
import { onDisk } from "../support/repository.ts";

const exec = promisify(execFile);

interface Ended {
  readonly code: number;
  readonly output: string;
}

const bash = (script: string, cwd: string): Promise<Ended> =>
  exec(pathOf("bash"), ["-ec", script], { cwd, env: environment }).then(
    ({ stdout }) => ({ code: 0, output: stdout }),
    ({ code, stdout }) => ({ code, output: stdout }),
  );

/** Puts an installation into the project without npm: a link to this repository. */
async function link(project: string): Promise<Ended> {
  mkdirSync(join(project, "node_modules/.bin"), { recursive: true });
  symlinkSync(onDisk("."), join(project, "node_modules/fauxdr"));
  symlinkSync(built("cli.cjs"), join(project, "node_modules/.bin/fauxdr"));
  return { code: 0, output: "" };
}

/** Runs the page's own commands. Those of the copy of the repository have run: `pack` is what they do. */
async function install(project: string): Promise<Ended> {
  const packed = await pack();
  const copy = join(project, "../fauxdr");
  mkdirSync(copy);
  copyFileSync(packed, join(copy, basename(packed)));
  const [, ...rest] = INSTALL.split("\n");
  return bash(rest.join("\n"), project);
}

function save(text: string, project: string): void {
  const [, name = ""] = /^(?:\/\/|#) (\S+)\n/.exec(text) ?? [];
  const file = join(project, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** Replaces the lines with a minus by those with a plus. */
function change(diff: string, file: string): void {
  const marked = (sign: string): string =>
    diff
      .split("\n")
      .filter((line) => line.startsWith(sign))
      .map((line) => `${line.slice(1)}\n`)
      .join("");
  const before = readFileSync(file, "utf8");
  expect(before).toContain(marked("-"));
  writeFileSync(
    file,
    before.replace(marked("-"), () => marked("+")),
  );
}

/** The command lines of the saved workflow's job. */
function jobIn(project: string): string[] {
  const text = readFileSync(join(project, ".github/workflows/test.yml"), "utf8");
  const { steps } = parse(text).jobs.test as { steps: readonly { readonly run?: string }[] };
  return steps.flatMap(({ run }) => run ?? []);
}

/** Rules come and go. */
const counted = (text = ""): string => text.replace(/\d+ passed/, "N passed");

/** Follows the page from an empty folder. Returns how its commands ended, and in `npm run test:all` its jobs. */
async function follow(blocks: readonly Block[]): Promise<{ runs: Ended[]; jobs: Ended[] }> {
  const project = join(emptyDirectory(), "my-integration");
  mkdirSync(project);
  const runs: Ended[] = [];
  const jobs: Ended[] = [];
  const runJob = async (): Promise<void> => {
    if (isAll) jobs.push(await bash(jobIn(project).join("\n"), project));
  };
  for (const { language, code } of blocks) {
    if (language === "js" || language === "yaml") save(code, project);
    if (language === "diff") change(code, join(project, "quarantine.js"));
    if (language === "yaml" || language === "diff") await runJob();
    if (language === "text") expect(counted(runs.at(-1)?.output)).toContain(counted(code));
    if (language === "sh") {
      const isInstall = code === `${INSTALL}\n`;
      runs.push(await (isInstall ? (isAll ? install : link)(project) : bash(code, project)));
    }
  }
  const commands = blocks.filter(({ code }) => code.includes("fauxdr run --"));
  for (const { code } of commands.filter(({ language }) => language === "sh")) {
    expect(jobIn(project)).toEqual(["npm ci", code.trim()]);
  }
  return { runs, jobs };
}

it("docs/tutorial.md leads from an empty folder to a red job, and then to a green one", {
  timeout: 120_000,
}, async () => {
  const { runs, jobs } = await follow(blocksIn("docs/tutorial.md"));
  expect(runs.map(({ code }) => code)).toEqual([0, 0, 1, 0, 0]);
  expect(jobs.map(({ code }) => code)).toEqual(isAll ? [1, 0] : []);
});
