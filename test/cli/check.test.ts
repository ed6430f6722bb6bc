import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { command } from "../support/command.ts";
import { emptyDirectory } from "../support/directory.ts";
import { fauxdr } from "../support/process.ts";
import { VENDOR_NAMES } from "../support/vendor-names.ts";

const ONE = ["--vendor", "cortex", "--case", "cortex.quarantine.one"];
const GOOD = ["--", process.execPath, "examples/cortex/client.mjs"];
const node = (script: string): string[] => ["--", process.execPath, "-e", script];

it("ends with 0 for a client that keeps its promises, with a short report", async () => {
  expect(await fauxdr(["check", ...ONE, ...GOOD])).toMatchObject({
    code: 0,
    stdout:
      "fauxdr: 2 passed, 0 failed, 0 skipped, 0 inconclusive; findings: 0 must, 0 should, 0 info\n",
    stderr: "",
  });
});

it("names each case in each wire form where it is asked to", async () => {
  const { stdout } = await command(["check", "--verbose", ...ONE, ...GOOD]);
  expect(stdout).toMatch(/^pass {2}cortex\.quarantine\.one \(document\)\npass .* \(recorded\)\n/);
});

it("ends with 1 for one that does not, and shows its output without its key", async () => {
  const script = `fetch(process.env.CORTEX_URL + "/public_api/v1/healthcheck", { headers: {
    "x-xdr-auth-id": process.env.CORTEX_API_KEY_ID, authorization: process.env.CORTEX_API_KEY } })
    .then(() => { console.log("my key is " + process.env.CORTEX_API_KEY); process.exitCode = 1 })`;
  const { code, stdout } = await command(["check", ...ONE, ...node(script)]);
  expect(code).toBe(1);
  expect(stdout).toContain("it ended with exit code 1, as if it had failed");
  expect(stdout).toContain("      | my key is [redacted]\n");
});

it("keeps a baseline: written, then known, then stale", async () => {
  const known = join(emptyDirectory(), "known.json");
  const bad = node("process.exitCode = 1; fetch(process.env.CORTEX_URL + '/x')");
  expect((await command(["check", ...ONE, "--write-baseline", known, ...bad])).code).toBe(0);
  expect(Object.keys(JSON.parse(readFileSync(known, "utf8")).failures)).toContain(
    "cortex.quarantine.one (document)",
  );
  expect((await command(["check", ...ONE, "--baseline", known, ...bad])).code).toBe(0);
  const fixed = await command(["check", ...ONE, "--baseline", known, ...GOOD]);
  expect([fixed.code, fixed.stdout]).toEqual([1, expect.stringContaining("stale: ")]);
});

describe("ends with 2", () => {
  it.each<[string, string[], RegExp]>([
    ["a client that cannot be started", ["--", "/nowhere/client"], /could not be started/],
    ["a client that calls nobody", node(""), /^Read this first: no call came in 2 cases/],
  ])("for %s", async (_, client, text) => {
    const ended = await command(["check", ...ONE, ...client]);
    expect([ended.code, ended.stdout]).toEqual([2, expect.stringMatching(text)]);
  });

  it.each<[string, string[], string]>([
    [
      "no case of that name",
      ["--case", "nothing"],
      'No case id starts with "nothing": run fauxdr cases to list them.',
    ],
    ["no jobs", ["--jobs", "0"], '--jobs must be a whole number from 1 up, not "0".'],
    [
      "an unknown vendor",
      ["--vendor", "nobody"],
      `There is no vendor "nobody": choose from ${VENDOR_NAMES}.`,
    ],
  ])("with one sentence: %s", async (_, flags, sentence) => {
    expect(await command(["check", ...flags, ...GOOD])).toMatchObject({
      code: 2,
      stderr: `fauxdr: ${sentence}\n`,
    });
  });
});
