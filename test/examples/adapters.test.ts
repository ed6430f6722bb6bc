import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { built } from "../support/built.ts";
import { pathOf } from "../support/programs.ts";
import { onDisk, read } from "../support/repository.ts";

const exec = promisify(execFile);
const [block = ""] =
  /```sh\n([\s\S]*?)```/.exec(read("examples/adapters/README.md"))?.slice(1) ?? [];

it.each(block.trim().split("\n"))("%s", async (line) => {
  const script = line.replace(
    "npx --no-install fauxdr",
    `"${process.execPath}" "${built("cli.cjs")}"`,
  );
  const env = { PATH: process.env["PATH"] };
  const { stdout } = await exec(pathOf("bash"), ["-ec", script], { env, cwd: onDisk(".") });
  expect(stdout).toMatch(/^fauxdr: (18|10) passed, 0 failed, 0 skipped, 0 inconclusive;/m);
});
