import { PassThrough } from "node:stream";
import { expect, it } from "vitest";
import { paint } from "../../src/cli/paint.ts";
import { fauxdr } from "../support/process.ts";

it("leaves a report as it is where no terminal reads it", () => {
  const report = "must  auth.wrong\nfauxdr: 1 failed\n";
  expect(paint(report, new PassThrough())).toBe(report);
});

const RED = "\u001b[31mmust\u001b[39m  ";
const ARGS = [
  "check",
  "--case",
  "cortex.quarantine",
  "--",
  process.execPath,
  "-e",
  "process.exitCode = 1",
];

it("colours what is wrong if FORCE_COLOR says so, and nothing beside NO_COLOR", async () => {
  const [coloured, plain] = await Promise.all([
    fauxdr(ARGS, { FORCE_COLOR: "1" }),
    fauxdr(ARGS, { NO_COLOR: "1" }),
  ]);
  expect(coloured.stdout).toContain(RED);
  expect(plain.stdout).toMatch(/^must {2}/m);
  expect(plain.stdout).not.toContain("\u001b");
});
