import { execFile } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it, onTestFinished } from "vitest";
import { parse } from "yaml";
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

/** A job as the runner runs it: the action's first half, a step, and its second half. */
async function job(step: string, inputs: Readonly<Record<string, string>> = {}) {
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
  const given = { version: await pack(), ...inputs };
  const env = {
    ...environment,
    RUNNER_TEMP: folder,
    ...Object.fromEntries(files.map((name) => [name, file(name)])),
    ...Object.fromEntries(
      Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
    ),
  };
  await exec(process.execPath, [onDisk(action.runs.main)], { env });
  const state = Object.entries(values("GITHUB_STATE")).map(([name, value]) => [
    `STATE_${name}`,
    value,
  ]);
  // A step that fails ends this test before the second half.
  onTestFinished(() => end(Number(values("GITHUB_STATE")["pid"])));
  const stepEnv = { ...env, ...values("GITHUB_ENV") };
  await exec("sh", ["-ec", step], { env: stepEnv });
  const stopped = await exec(process.execPath, [onDisk(action.runs.post)], {
    env: { ...env, ...Object.fromEntries(state) },
  }).then(
    ({ stdout }) => ({ code: 0, stdout }),
    ({ code, stdout }: { code: number; stdout: string }) => ({ code, stdout }),
  );
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
  const { code, stdout, outputs, summary, isGone } = await job(GOOD);
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
  expect(summary).toMatch(/\| must \| `auth\.wrong` \| .*<br>Send the credentials/);
});

it("is red where nothing was sent", async () => {
  const { code, stdout } = await job("true");
  expect(code).toBe(1);
  expect(stdout).toContain("nothing was sent to the mock");
});

it("starts the mock with the settings that are given", async () => {
  const step = calling('"nobody"', '(await reply.text()).includes("\\"reply\\"")');
  const { outputs } = await job(step, { settings: '{"dialect":"observed"}' });
  expect(outputs["url"]).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});

it("has halves that are there", () => {
  expect([action.runs.main, action.runs.post].map((path) => existsSync(onDisk(path)))).toEqual([
    true,
    true,
  ]);
});
