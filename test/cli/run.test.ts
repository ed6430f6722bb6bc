import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { command } from "../support/command.ts";
import { emptyDirectory } from "../support/directory.ts";
import { fauxdr } from "../support/process.ts";
import { VENDOR_NAMES } from "../support/vendor-names.ts";

/** A command that calls the mock as `script` says; `get` is given a path and headers. */
const calling = (script: string): string[] => [
  "--",
  process.execPath,
  "-e",
  `const e = process.env;
   const good = { "x-xdr-auth-id": e.CORTEX_API_KEY_ID, authorization: e.CORTEX_API_KEY };
   const get = (path, headers = good) => fetch(e.CORTEX_URL + path, { headers });
   (async () => { ${script} })();`,
];

const HEALTH = "/public_api/v1/healthcheck";

it("gives the command a fresh mock, passes its output on, and ends with 0", async () => {
  const ended = await fauxdr([
    "run",
    ...calling(`console.log((await get("${HEALTH}")).status); console.error("to stderr")`),
  ]);
  expect(ended.code).toBe(0);
  expect(ended.stdout).toMatch(
    /^200\nfauxdr: \d+ passed, 0 failed, 0 skipped, 0 inconclusive; findings: .*\n$/,
  );
  expect(ended.stderr).toBe("to stderr\n");
});

it("gives the command its variables, for the chosen vendor alone", async () => {
  const script = `await get("${HEALTH}"); console.log(Object.keys(e).filter((name) => /^(FAUXDR|CORTEX|QUALYS)_/.test(name)).sort().join())`;
  const { stdout } = await command(["run", "--vendor", "cortex", ...calling(script)]);
  expect(stdout).toContain(
    "CORTEX_ADVANCED_API_KEY,CORTEX_ADVANCED_API_KEY_ID,CORTEX_API_KEY,CORTEX_API_KEY_ID,CORTEX_URL,FAUXDR_URL\n",
  );
});

it("starts the mock with the settings that are given", async () => {
  const faults = JSON.stringify([
    { operation: "healthcheck", fault: { kind: "status", status: 418 } },
  ]);
  const { stdout } = await command([
    "run",
    "--faults",
    faults,
    ...calling(`console.log((await get("${HEALTH}")).status)`),
  ]);
  expect(stdout).toMatch(/^418\n/);
});

describe("ends with 1", () => {
  it.each<[string, string, RegExp]>([
    [
      "where the command fails",
      `await get("${HEALTH}"); process.exitCode = 3`,
      /must {2}.*exit code 3\n {6}run\.command/,
    ],
    [
      "where a call breaks a rule",
      `await get("${HEALTH}", { "x-xdr-auth-id": "1" })`,
      /must {2}auth\.missing \(#1\)/,
    ],
  ])("%s", async (_, script, text) => {
    const ended = await command(["run", ...calling(script)]);
    expect([ended.code, ended.stdout]).toEqual([1, expect.stringMatching(text)]);
  });

  it("where the command prints a key", async () => {
    const ended = await command([
      "run",
      ...calling(`await get("${HEALTH}"); console.log(e.CORTEX_API_KEY)`),
    ]);
    expect([ended.code, ended.stdout]).toEqual([
      1,
      expect.stringMatching(/must {2}secret\.printed/),
    ]);
  });

  it("where the command takes too long", async () => {
    const ended = await command([
      "run",
      "--time-limit",
      "3",
      ...calling(`await get("${HEALTH}"); setInterval(() => {}, 1000)`),
    ]);
    expect([ended.code, ended.stdout]).toEqual([
      1,
      expect.stringMatching(/did not end within its time limit/),
    ]);
  });
});

describe("ends with 2", () => {
  it("where nothing was sent", async () => {
    const ended = await command(["run", "--", process.execPath, "-e", ""]);
    expect([ended.code, ended.stdout]).toEqual([
      2,
      expect.stringMatching(/nothing was sent to the mock/),
    ]);
  });

  it("where the bytes were not an HTTP request, and names what they were", async () => {
    const script = `const { port } = new URL(process.env.CORTEX_URL);
      require("tls").connect({ port, host: "127.0.0.1" }).on("error", () => {})`;
    const ended = await command(["run", "--", process.execPath, "-e", script]);
    expect([ended.code, ended.stdout]).toEqual([
      2,
      expect.stringMatching(
        /the mock got only bytes that it could not read: .*: this is the port for http, and the client speaks TLS/,
      ),
    ]);
  });

  it("where the command cannot be started", async () => {
    const ended = await command(["run", "--", "/nowhere/client"]);
    expect([ended.code, ended.stdout]).toEqual([
      2,
      expect.stringMatching(/could not be started: .*ENOENT/),
    ]);
  });

  it("where fauxdr itself fails", async () => {
    const faults = JSON.stringify([
      { operation: "healthcheck", fault: { kind: "refusal", refusal: "not-found" } },
    ]);
    const ended = await command(["run", "--faults", faults, ...calling(`await get("${HEALTH}")`)]);
    expect([ended.code, ended.stdout]).toEqual([2, expect.stringMatching(/fauxdr itself failed/)]);
  });

  it.each<[string, string[], string]>([
    ["no command", ["run"], "fauxdr run needs a command to run: fauxdr run -- npm test"],
    [
      "an unknown vendor",
      ["run", "--vendor", "nobody", "--", "x"],
      `There is no vendor "nobody": choose from ${VENDOR_NAMES}.`,
    ],
    [
      "a limit that is none",
      ["run", "--time-limit", "soon", "--", "x"],
      '--time-limit must be a whole number from 1 up, not "soon".',
    ],
    [
      "a time limit that no timer can keep",
      ["run", "--time-limit", "86401", "--", "x"],
      "--time-limit takes at most 86400 seconds (a day), not 86401.",
    ],
    [
      "a baseline that is not there",
      ["run", "--baseline", "/nowhere/b", "--", "x"],
      "The baseline /nowhere/b cannot be read: write one with --write-baseline.",
    ],
    [
      "a setting that does not fit",
      ["run", "--wire", "latest", "--", "x"],
      '--wire must be document or recorded, not "latest".',
    ],
  ])("with one sentence, and without starting anything: %s", async (_, args, sentence) => {
    expect(await command(args)).toMatchObject({
      code: 2,
      stdout: "",
      stderr: `fauxdr: ${sentence}\n`,
    });
  });

  it("where a report cannot be written", async () => {
    const ended = await command([
      "run",
      "--junit",
      "/nowhere/j.xml",
      ...calling(`await get("${HEALTH}")`),
    ]);
    expect([ended.code, ended.stderr]).toEqual([
      2,
      expect.stringMatching(/^fauxdr: The report \/nowhere\/j\.xml cannot be written: /),
    ]);
  });
});

describe("reports", () => {
  const bad = calling(`await get("${HEALTH}", { "x-xdr-auth-id": "1" })`);

  it("are written into files, and none holds a secret", async () => {
    const folder = emptyDirectory();
    const file = (name: string): string => join(folder, name);
    const flags = ["junit", "json", "markdown"].flatMap((name) => [`--${name}`, file(name)]);
    const summary = file("summary");
    writeFileSync(summary, "before\n");
    const script = `await get("${HEALTH}"); await get("${HEALTH}?key=" + e.CORTEX_API_KEY)`;
    const ended = await command(["run", ...flags, ...calling(script)], {
      GITHUB_STEP_SUMMARY: summary,
    });
    expect(ended.code).toBe(1);
    expect(readFileSync(file("junit"), "utf8")).toContain('type="secret.exposed"');
    expect(JSON.parse(readFileSync(file("json"), "utf8"))).toMatchObject({ exitCode: 1 });
    expect(readFileSync(summary, "utf8")).toBe(`before\n${readFileSync(file("markdown"), "utf8")}`);
    for (const name of ["junit", "json", "markdown"]) {
      expect(readFileSync(file(name), "utf8")).not.toContain("fauxdr-standard-key");
    }
  });

  it("that are known failures end with 0, until one of them passes", async () => {
    const known = join(emptyDirectory(), "known.json");
    const first = await command(["run", "--write-baseline", known, ...bad]);
    expect([first.code, existsSync(known)]).toEqual([0, true]);
    expect((await command(["run", "--baseline", known, ...bad])).code).toBe(0);
    const fixed = await command(["run", "--baseline", known, ...calling(`await get("${HEALTH}")`)]);
    expect([fixed.code, fixed.stdout]).toEqual([
      1,
      expect.stringMatching(/stale: .*\n {2}auth\.missing \(document\): auth\.missing\n/),
    ]);
  });
});

it("fails on assumed replies with --fail-on-assumed, and lists them", async () => {
  const script = `await fetch(e.CORTEX_URL + "/public_api/v1/endpoints/quarantine", { method: "POST",
    headers: { ...good, "content-type": "application/json" }, body: "{}" })`;
  const { stdout } = await command(["run", "--fail-on-assumed", ...calling(script)]);
  expect(stdout).toContain("cortex quarantineFiles 400 (invalid)\n");
  const good = ["run", "--fail-on-assumed", ...calling(`await get("${HEALTH}")`)];
  expect((await command(good)).stdout).not.toContain("assumption");
});
