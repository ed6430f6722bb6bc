import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { addressVariables, realSecrets } from "../../src/cli/client-environment.ts";
import { commandLine } from "../../src/cli/command-line.ts";
import { realServerOf, recordable, UPSTREAM } from "../../src/cli/upstream.ts";
import { KitError } from "../../src/core/errors.ts";
import { startMock } from "../../src/mock.ts";
import { fromObject, readSettings } from "../../src/settings/read.ts";
import { vendors } from "../../src/vendors/index.ts";
import { answering, documentOf } from "../support/also.ts";
import { emptyDirectory } from "../support/directory.ts";
import { fauxdr } from "../support/process.ts";

const allowed = (upstream: string, ...args: string[]) =>
  realServerOf(
    commandLine("run", args, UPSTREAM).own,
    readSettings([fromObject({ upstream }, "the test")]),
    vendors,
    { CORTEX_API_KEY: "real-key-8Hq2" },
  );

it("knows the machines that calls may act on, and the real credentials", () => {
  expect(allowed("https://a.test", "--allow-destructive", "--target", "a", "--target=b")).toEqual({
    targets: ["a", "b"],
    secrets: ["real-key-8Hq2"],
  });
  expect(allowed("")).toEqual({ targets: [], secrets: [] });
});

it.each([
  ["https://a.test", ["--allow-destructive"], "--allow-destructive and --target go together"],
  ["https://a.test", ["--target", "a"], "--allow-destructive and --target go together"],
  ["", ["--allow-destructive", "--target", "a"], "--allow-destructive needs a real server"],
])("with the upstream %j, %j is a mistake", (upstream, args, message) => {
  expect(() => allowed(upstream, ...args)).toThrow(KitError);
  expect(() => allowed(upstream, ...args)).toThrow(message);
});

it("records whole bodies, where something is recorded", () => {
  const settings = readSettings([]);
  const { own } = commandLine("run", ["--record", "a.har"], UPSTREAM);
  expect(recordable(settings, own)).toMatchObject({
    journalShows: "all",
    journalBodyBytes: 10_485_760,
  });
  expect(recordable(settings, commandLine("run", [], UPSTREAM).own)).toBe(settings);
});

it("gives the client of a real server addresses, and no credentials", () => {
  const mock = { url: "http://127.0.0.1:1", credentials: {} };
  const given = addressVariables(mock, vendors);
  expect(Object.values(given).every((value) => value === mock.url)).toBe(true);
  expect(Object.keys(given)).toContain("FAUXDR_URL");
  expect(realSecrets(vendors, { ...given, FAUXDR_URL: "x" })).toEqual([]);
});

/** A client of one call that fauxdr serves and one that it does not. */
const CLIENT = `
const { CORTEX_URL: url, CORTEX_API_KEY_ID: id, CORTEX_API_KEY: key } = process.env;
const headers = { "x-xdr-auth-id": id, authorization: key, "content-type": "application/json" };
const call = async (path, body) => {
  const method = body ? "POST" : "GET";
  const response = await fetch(url + "/public_api/v1/" + path, { method, headers, ...(body && { body }) });
  return [response.status, await response.json()];
};
const [healthy] = await call("healthcheck");
const [found, { reply }] = await call("distributions/get_versions", '{"request_data":{}}');
if (healthy !== 200 || found !== 200 || reply?.distributions?.length !== 1) process.exitCode = 1;
`;

it("records a session with a real server, and replays it without the server", async () => {
  const key = "fauxdr-standard-key";
  const incident = {
    version_id: "17",
    host_name: "ACME-PC-7",
    owner: "jane@acme.test",
    note: key,
  };
  const example = { reply: { total_count: 1, distributions: [incident] } };
  const folder = emptyDirectory();
  const [client = "", har = "", also = ""] = ["client.mjs", "session.har", "also.yaml"].map(
    (name) => join(folder, name),
  );
  writeFileSync(client, CLIENT);
  const run = [process.execPath, client];
  const real = await startMock({
    also: [
      documentOf({ "/public_api/v1/distributions/get_versions": { post: answering({ example }) } }),
    ],
  });
  const own = { CORTEX_API_KEY_ID: "1", CORTEX_API_KEY: key };
  const recorded = await fauxdr(
    ["run", "--upstream", real.url, "--record", har, "--", ...run],
    own,
  );
  expect([recorded.code, recorded.stderr]).toEqual([0, ""]);
  expect(real.journal.entries()).toHaveLength(2);
  await real.close();

  const made = await fauxdr(["also", "from", har, "-o", also]);
  expect(made.stderr).toContain("also.yaml has 1 operations of Cortex XDR, from 1 calls");
  const replayed = await fauxdr(["run", "--also", also, "--", ...run]);
  expect([replayed.code, replayed.stdout]).toEqual([0, expect.stringContaining(" 0 failed")]);

  const written = [har, also].map((file) => readFileSync(file, "utf8")).join("");
  for (const secret of [key, "ACME-PC-7", "jane@acme.test"]) {
    expect(written + recorded.stdout).not.toContain(secret);
  }
});
