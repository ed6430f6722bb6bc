import { execFile } from "node:child_process";
import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it, onTestFinished } from "vitest";
import { parse } from "yaml";
import { built } from "./support/built.ts";
import { emptyDirectory } from "./support/directory.ts";
import { environment } from "./support/environment.ts";
import { pack } from "./support/packed.ts";
import { onDisk, read } from "./support/repository.ts";

const exec = promisify(execFile);
const action = parse(read("action.yml"));

function end(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // The second half has ended it.
  }
}

/** One half of the action. */
const run = (half: string, env: NodeJS.ProcessEnv): Promise<{ code: number; stdout: string }> =>
  exec(process.execPath, [onDisk(half)], { env }).then(
    ({ stdout }) => ({ code: 0, stdout }),
    ({ code, stdout, stderr }) => ({ code, stdout: stdout + stderr }),
  );

/** A job as the runner runs it: the action's first half, a step, and its second half. */
async function job(
  step: string,
  inputs: Readonly<Record<string, string>> = {},
  more: NodeJS.ProcessEnv = {},
) {
  const folder = emptyDirectory();
  const file = (name: string): string => join(folder, name);
  const files = ["GITHUB_ENV", "GITHUB_OUTPUT", "GITHUB_STATE", "GITHUB_STEP_SUMMARY"];
  for (const name of files) writeFileSync(file(name), "");
  const values = (name: string): Record<string, string> =>
    Object.fromEntries(
      readFileSync(file(name), "utf8")
        .split("\n")
        .filter(Boolean)
        .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
    );
  const env = {
    ...environment,
    ...more,
    RUNNER_TEMP: folder,
    GITHUB_WORKSPACE: folder,
    ...Object.fromEntries(files.map((name) => [name, file(name)])),
    ...Object.fromEntries(
      Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
    ),
  };
  if (inputs["version"]) copyFileSync(await pack(), file("fauxdr.tgz"));
  else built();
  const started = await run(action.runs.main, env);
  if (started.code !== 0) return { ...started, isGone: true, outputs: {}, summary: "" };
  const state = Object.entries(values("GITHUB_STATE")).map(([name, value]) => [
    `STATE_${name}`,
    value,
  ]);
  // A step that fails ends this test before the second half.
  onTestFinished(() => end(Number(values("GITHUB_STATE")["pid"])));
  const stepEnv = { ...env, ...values("GITHUB_ENV") };
  await exec("sh", ["-ec", step], { env: stepEnv });
  const stopped = await run(action.runs.post, { ...env, ...Object.fromEntries(state) });
  const { url = "" } = values("GITHUB_OUTPUT");
  const isGone = await fetch(url).then(
    () => false,
    () => true,
  );
  return {
    ...stopped,
    isGone,
    outputs: values("GITHUB_OUTPUT"),
    summary: readFileSync(file("GITHUB_STEP_SUMMARY"), "utf8"),
  };
}

/** A step that calls the mock with a key, and fails where `check` of the reply says so. */
const calling = (key: string, check: string): string => `"${process.execPath}" -e '
  const { CORTEX_URL, CORTEX_API_KEY_ID, CORTEX_API_KEY } = process.env;
  const headers = { "x-xdr-auth-id": CORTEX_API_KEY_ID, authorization: ${key} };
  fetch(CORTEX_URL + "/public_api/v1/healthcheck", { headers })
    .then(async (reply) => { process.exitCode = ${check} ? 0 : 1; });
'`;

const GOOD = calling("CORTEX_API_KEY", "reply.ok");
const BAD = calling('"nobody"', "!reply.ok");

it("is green for calls that are right, with the outputs that it promises", async () => {
  // A path in the workspace, as a recipe writes it.
  const { code, stdout, outputs, summary, isGone } = await job(GOOD, { version: "./fauxdr.tgz" });
  expect([code, isGone]).toEqual([0, true]);
  expect(Object.keys(outputs).toSorted()).toEqual(Object.keys(action.outputs).toSorted());
  expect(outputs).toMatchObject({
    "cortex-api-key": "fauxdr-standard-key",
    "qualys-username": "fauxdr",
  });
  expect(stdout).toContain("1 calls, 0 findings, 0 of which count");
  expect(summary).toContain("## fauxdr");
});

it("is red for a call that is wrong, and says in the summary how to fix it", async () => {
  const { code, stdout, summary, isGone } = await job(BAD);
  expect([code, isGone]).toEqual([1, true]);
  expect(stdout).toContain("::error title=fauxdr auth.wrong (must)::");
  expect(summary).toMatch(/\| must \| `auth\.wrong` \| .*<br>Use the id and key/);
});

it("is red where nothing was sent", async () => {
  const { code, stdout } = await job("true");
  expect(code).toBe(1);
  expect(stdout).toContain("nothing was sent to the mock");
});

it("judges with the control API's token, where the settings have one", async () => {
  const { code, stdout } = await job(GOOD, { settings: '{ "adminToken": "t0ken" }' });
  expect([code, stdout]).toEqual([0, "1 calls, 0 findings, 0 of which count\n"]);
});

it("counts findings of severity should where it is strict, and those of one vendor alone", async () => {
  const step = calling("CORTEX_API_KEY", "reply.status >= 400").replace("healthcheck", "nowhere");
  const { code, stdout } = await job(step, { strict: "true", vendor: "cortex" });
  expect(code).toBe(1);
  expect(stdout).toContain("::error title=fauxdr request.unknown-path (should)::");
});

it("is red, and says so, where the mock has ended before its verdict", async () => {
  const { code, stdout } = await job('. "$GITHUB_STATE"; kill -9 "$pid"');
  expect(code).toBe(1);
  expect(stdout).toContain("::error title=fauxdr::the mock does not answer any more");
});

it("says that a version is not published, in npm's words", async () => {
  const registry = createServer((_, reply) => reply.writeHead(404).end("{}")).listen(0);
  onTestFinished(() => void registry.close());
  const { port } = registry.address() as AddressInfo;
  const more = { npm_config_registry: `http://127.0.0.1:${port}` };
  const { code, stdout } = await job("true", { version: "9.9.9" }, more);
  expect(code).toBe(1);
  expect(stdout).toMatch(
    /^::error title=fauxdr::Installing fauxdr@9\.9\.9 failed: 404 Not Found[^\n]*\n$/,
  );
});

it.each([
  [
    "a file that is not there",
    { version: "./no.tgz" },
    /^::error title=fauxdr::There is no file \S+no\.tgz\.\n$/,
  ],
  [
    "settings that are wrong",
    { settings: '{ "wire": "x" }' },
    /^::error title=fauxdr::fauxdr: [^\n]*wire[^\n]*\n$/,
  ],
  [
    "settings that are not JSON",
    { settings: "port: 1" },
    /^::error title=fauxdr::fauxdr: [^\n]*fauxdr\.json[^\n]*\n$/,
  ],
])("says in one sentence why it does not start: %s", async (_, inputs, sentence) => {
  const { code, stdout } = await job("true", inputs);
  expect(code).toBe(1);
  expect(stdout).toMatch(sentence);
});

it("starts the mock with the settings that are given", async () => {
  const step = calling('"nobody"', '(await reply.text()).includes("\\"reply\\"")');
  const { outputs } = await job(step, { settings: '{"wire":"recorded"}' });
  expect(outputs["url"]).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});

it("has halves that are there", () => {
  expect([action.runs.main, action.runs.post].map((path) => existsSync(onDisk(path)))).toEqual([
    true,
    true,
  ]);
});
