import { execFile } from "node:child_process";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { emptyDirectory } from "../support/directory.ts";
import { installed } from "../support/pages.ts";
import { pathOf } from "../support/programs.ts";
import { onDisk, read } from "../support/repository.ts";

const exec = promisify(execFile);
const blocksOf = (page: string): string[] =>
  [...read(`docs/how-to/${page}.md`).matchAll(/```sh\n([\s\S]*?)```/g)].map(
    ([, block = ""]) => block,
  );
const blocks = blocksOf("check-your-client").concat(
  ["begin-with-events", "begin-with-incidents"]
    .flatMap(blocksOf)
    .filter((block) => block.startsWith("fauxdr check")),
);

it("the page has commands", () => {
  expect(blocks.length).toBeGreaterThan(5);
});

it.each(blocks)("%s", async (block) => {
  // In a folder of its own: some of the commands write files.
  const cwd = emptyDirectory();
  symlinkSync(onDisk("examples"), join(cwd, "examples"));
  const { stdout } = await exec(pathOf("bash"), ["-ec", `${installed()}${block}`], {
    cwd,
    env: { PATH: process.env["PATH"] },
    maxBuffer: 10 * 1024 * 1024,
  });
  expect(stdout).not.toBe("");
});
