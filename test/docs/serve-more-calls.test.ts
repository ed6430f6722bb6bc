import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { startMock } from "../../src/mock.ts";
import { loadDocuments } from "../../src/server/also/load.ts";
import { vendors } from "../../src/vendors/index.ts";
import { answering, documentOf, fileWith } from "../support/also.ts";
import { emptyDirectory } from "../support/directory.ts";
import { blocksIn } from "../support/pages.ts";
import { fauxdr } from "../support/process.ts";
import { harOf } from "../support/recorded.ts";

const PAGES = ["docs/how-to/serve-more-calls.md", "docs/how-to/stand-before-a-real-server.md"];
const blocks = (language: string): string[] =>
  PAGES.flatMap((page) => blocksIn(page, language)).map(({ code }) => code);

const SECRET = "real-key-8Hq2";

const RECORDED = harOf(
  {
    url: "https://api-acme.xdr.eu.example.com/public_api/v1/distributions/get_versions",
    headers: { "x-xdr-auth-id": "77", authorization: SECRET },
    body: { request_data: {} },
    reply: {
      reply: { distributions: [{ version_id: "17", host_name: "ACME-PC-7" }], note: SECRET },
    },
  },
  {
    url: "https://api-acme.xdr.eu.example.com/public_api/v1/healthcheck",
    method: "GET",
    reply: { status: "available" },
  },
);

/** A client that makes one call, and prints what it gets. */
const CLIENT = `
const { CORTEX_URL: url, CORTEX_API_KEY_ID: id, CORTEX_API_KEY: key } = process.env;
const headers = { "x-xdr-auth-id": id, authorization: key, "content-type": "application/json" };
const path = "/public_api/v1/distributions/get_versions";
const response = await fetch(url + path, { method: "POST", headers, body: '{"request_data":{}}' });
const { reply } = await response.json();
if (reply.distributions[0].version_id !== "17") process.exitCode = 1;
`;

/** The arguments of a printed command, with other words in some places. */
const argsOf = (line: string, places: Readonly<Record<string, string>>): string[] =>
  line
    .trim()
    .replace("npm test", "node client.mjs")
    .split(" ")
    .slice(1)
    .map((word) => places[word] ?? word);

/** Files of a session: the client, its recording, and the document made from it. */
function session() {
  const folder = emptyDirectory();
  const at = (name: string): string => join(folder, name);
  writeFileSync(at("client.mjs"), CLIENT);
  return {
    "session.har": at("session.har"),
    "also.yaml": at("also.yaml"),
    "client.mjs": at("client.mjs"),
    node: process.execPath,
  };
}

it("leads from a recording to a green run, and nothing private is in what was written", async () => {
  const [run = "", from = ""] = blocks("sh");
  const places = session();
  writeFileSync(places["session.har"], RECORDED);
  const made = await fauxdr(argsOf(from, places));
  expect(made).toMatchObject({ code: 0, stdout: "" });
  expect(made.stderr).toContain("also.yaml has 1 operations of Cortex XDR, from 1 calls");
  expect(made.stderr).toContain("served: healthcheck 200: fits the vendor's document");
  const written = readFileSync(places["also.yaml"], "utf8");
  for (const secret of [SECRET, "ACME-PC-7", "api-acme"]) expect(written).not.toContain(secret);
  const ended = await fauxdr(argsOf(run, places));
  expect([ended.code, ended.stdout]).toEqual([0, expect.stringContaining(" 0 failed")]);
});

it("records such a session between the client and a real server", async () => {
  const [, , between = ""] = blocks("sh");
  const reply = { distributions: [{ version_id: "17", host_name: "ACME-PC-7" }] };
  await using real = await startMock({
    also: [
      documentOf({
        "/public_api/v1/distributions/get_versions": { post: answering({ example: { reply } }) },
      }),
    ],
  });
  const places = { ...session(), "https://api-tenant.example.com": real.url };
  const key = "fauxdr-standard-key";
  const ended = await fauxdr(argsOf(between, places), {
    CORTEX_API_KEY_ID: "1",
    CORTEX_API_KEY: key,
  });
  expect([ended.code, ended.stderr, real.journal.entries().length]).toEqual([0, "", 1]);
  const written = readFileSync(places["session.har"], "utf8");
  expect(written).toContain("/public_api/v1/distributions/get_versions");
  for (const secret of [key, "ACME-PC-7"]) expect(written).not.toContain(secret);
});

it("shows a document by hand that loads", () => {
  const [yaml = ""] = blocks("yaml");
  expect(loadDocuments({ also: [fileWith(yaml)] }, vendors)).toMatchObject([
    { vendor: "cortex", operations: [{ id: "getVersions" }] },
  ]);
});
