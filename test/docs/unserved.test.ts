import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { loadDocuments } from "../../src/server/also/load.ts";
import { vendors } from "../../src/vendors/index.ts";
import { fileWith } from "../support/also.ts";
import { emptyDirectory } from "../support/directory.ts";
import { fauxdr } from "../support/process.ts";
import { harOf } from "../support/recorded.ts";
import { read } from "../support/repository.ts";

const page = read("docs/unserved.md");
const blocks = (language: string): string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, "gm"))].map(
    ([, text = ""]) => text,
  );

const SECRET = "real-key-8Hq2";

const RECORDED = harOf(
  {
    url: "https://api-acme.xdr.eu.example.com/public_api/v1/incidents/get_incidents",
    headers: { "x-xdr-auth-id": "77", authorization: SECRET },
    body: { request_data: {} },
    reply: { reply: { incidents: [{ incident_id: "17", host_name: "ACME-PC-7" }], note: SECRET } },
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
const path = "/public_api/v1/incidents/get_incidents";
const response = await fetch(url + path, { method: "POST", headers, body: '{"request_data":{}}' });
const { reply } = await response.json();
if (reply.incidents[0].incident_id !== "17") process.exitCode = 1;
`;

it("leads from a recording to a green run, and nothing private is in what was written", async () => {
  const [run = "", from = ""] = blocks("sh").map((text) => text.trim());
  const folder = emptyDirectory();
  const [recording, also, client] = ["session.har", "also.yaml", "client.mjs"].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  writeFileSync(recording, RECORDED);
  writeFileSync(client, CLIENT);
  const argsOf = (line: string): string[] =>
    line
      .replace("npm test", `${process.execPath} ${client}`)
      .split(" ")
      .slice(1)
      .map((word) => ({ "session.har": recording, "also.yaml": also })[word] ?? word);
  const made = await fauxdr(argsOf(from));
  expect(made).toMatchObject({ code: 0, stdout: "" });
  expect(made.stderr).toContain("also.yaml has 1 operations of Cortex XDR, from 1 calls");
  expect(made.stderr).toContain("served: healthcheck 200: fits the vendor's document");
  const { readFileSync } = await import("node:fs");
  const written = readFileSync(also, "utf8");
  for (const secret of [SECRET, "ACME-PC-7", "api-acme"]) expect(written).not.toContain(secret);
  const ended = await fauxdr(argsOf(run));
  expect([ended.code, ended.stdout]).toEqual([0, expect.stringContaining(" 0 failed")]);
});

it("shows a document by hand that loads", () => {
  const [yaml = ""] = blocks("yaml");
  expect(loadDocuments({ also: [fileWith(yaml)] }, vendors)).toMatchObject([
    { vendor: "cortex", operations: [{ id: "getIncidents" }] },
  ]);
});
