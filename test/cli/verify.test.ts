import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { clientEnvironment } from "../../src/cli/client-environment.ts";
import { type Mock, startMock } from "../../src/mock.ts";
import { vendors } from "../../src/vendors/index.ts";
import { command } from "../support/command.ts";
import { emptyDirectory } from "../support/directory.ts";
import { type Ended, fauxdr } from "../support/process.ts";
import { wrongServer } from "../support/wrong-server.ts";

const TARGET = "facade00000000000000000000000001";

const verify = (mock: Mock, ...args: readonly string[]): Promise<Ended> =>
  command(["verify", ...args], clientEnvironment(mock, vendors));

it("ends with 0 for a server that keeps to the documents, and says what it left out", async () => {
  await using mock = await startMock();
  const { code, stdout, stderr } = await fauxdr(
    ["verify", "--vendor", "cortex", "--vendor", "qualys", mock.url],
    clientEnvironment(mock, vendors),
  );
  const reading = vendors
    .filter(({ name }) => name === "cortex" || name === "qualys")
    .flatMap(({ contract }) => contract.probes.filter(({ destructive }) => !destructive));
  expect([code, stdout]).toEqual([
    0,
    `fauxdr: ${reading.length} passed, 0 failed, 0 skipped, 0 inconclusive; findings: 0 must, 0 should, 0 info\n`,
  ]);
  expect(stderr).toMatch(
    /^left out: 6 probes of cortex that change machines: add --allow-destructive/m,
  );
  expect(stderr).toMatch(
    /^left out: 4 probes of qualys that change machines: add --allow-destructive/m,
  );
  expect(mock.actions.list()).toEqual([]);
});

it("acts on the named machines only", async () => {
  await using mock = await startMock();
  const flags = ["--vendor", "cortex", "--allow-destructive", "--target", TARGET];
  expect(await verify(mock, mock.url, ...flags)).toMatchObject({ code: 0, stderr: "" });
  const touched = mock.actions.list().flatMap(({ targets }) => targets.map(({ id }) => id));
  expect(new Set(touched)).toEqual(new Set([TARGET]));
});

it("ends with 1 where a reply departs from a document, and names operation, place and basis", async () => {
  await using mock = await startMock();
  const url = await wrongServer(mock.url, (passing) => {
    passing.body = passing.body.replace('"available"', "true");
    return undefined;
  });
  const { code, stdout } = await verify(mock, url, "--case", "cortex.probe.health");
  expect(code).toBe(1);
  expect(stdout).toMatch(
    /^must {2}healthcheck \/status: .*\n {6}cortex\.probe\.health \(document\)$/m,
  );
  expect(stdout).toMatch(
    /^must {2}healthcheck \/status: the body does not match the spec: \/status must be/m,
  );
  expect(stdout).toMatch(/^ +documented: The vendor's document in specs\//m);
});

it("ends with 2 if no server answers", async () => {
  await using mock = await startMock();
  const { url } = mock;
  await mock.close();
  const { code, stdout } = await verify(mock, url, "--vendor", "cortex");
  expect(code).toBe(2);
  expect(stdout).toContain("no reply came: connect ECONNREFUSED");
});

it("writes shapes into its reports, and no value", async () => {
  await using mock = await startMock();
  const files = ["json", "junit", "markdown"].map((kind) => [kind, join(emptyDirectory(), kind)]);
  const flags = files.flatMap(([kind, file]) => [`--${kind}`, String(file)]);
  const doing = ["--vendor", "cortex", "--allow-destructive", "--target", TARGET];
  await verify(mock, mock.url, ...doing, ...flags);
  const [json = "", ...others] = files.map(([, file]) => readFileSync(String(file), "utf8"));
  const { results } = JSON.parse(json);
  expect(results.find(({ id }: { id: string }) => id === "cortex.probe.quarantine").shape).toEqual({
    status: 200,
    contentType: "application/json",
    body: { reply: { action_id: "string", status: "string", endpoints_count: "string" } },
  });
  const ids = mock.actions.list().map(({ id }) => `"${id}"`);
  for (const value of [TARGET, "fauxdr-standard-key", "fauxdr-advanced-key", ...ids]) {
    expect([json, ...others].join("\n")).not.toContain(value);
  }
});

describe("a mistake gets one sentence", () => {
  const KEYS = { CORTEX_API_KEY_ID: "1", CORTEX_API_KEY: "key" };

  it.each<[string, readonly string[], Readonly<Record<string, string>>, string]>([
    ["no URL", [], KEYS, "fauxdr verify needs the base URL of a server"],
    ["no base URL", ["api.example"], KEYS, "api.example is not a base URL such as https://"],
    ["credentials in the URL", ["http://u:p@a/"], KEYS, "is not a base URL such as https://"],
    ["no credentials", ["http://a"], {}, "finds no credentials in the environment"],
    [
      "a setting",
      ["--port", "1", "http://a"],
      KEYS,
      "does not start a server, so it takes no settings: remove --port",
    ],
    [
      "no such probe",
      ["--case", "cortex.none", "http://a"],
      KEYS,
      'No probe id starts with "cortex.none": run fauxdr cases --probes',
    ],
    ["no target", ["--allow-destructive", "http://a"], KEYS, "go together: name each machine"],
    ["a target alone", ["--target", "x", "http://a"], KEYS, "go together: name each machine"],
    [
      "a target of nobody knows which vendor",
      ["--allow-destructive", "--target", "x", "http://a"],
      { ...KEYS, QUALYS_USERNAME: "u" },
      "--target needs a vendor, because an id belongs to one vendor",
    ],
  ])("%s", async (_, args, variables, sentence) => {
    const { code, stdout, stderr } = await command(["verify", ...args], variables);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(sentence);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });
});
