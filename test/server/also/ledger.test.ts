import request from "supertest";
import { expect, it } from "vitest";
import { createClient } from "../../../src/client.ts";
import { startMock } from "../../../src/mock.ts";
import { ledgerOfDocuments } from "../../../src/server/also/ledger.ts";
import { loadDocuments } from "../../../src/server/also/load.ts";
import { vendors } from "../../../src/vendors/index.ts";
import { answering, documentOf, fileWith, YAML } from "../../support/also.ts";

const mine = documentOf({ "/x": { get: answering({ example: 1 }, { operationId: "mine" }) } });

it("lists each reply of a document as yours, with the document as its source", () => {
  const file = fileWith(YAML);
  const rows = ledgerOfDocuments(loadDocuments({ also: [file] }, vendors), vendors);
  expect(rows.map(({ operation, status, cause }) => [operation, status, cause])).toEqual([
    ["getVersions", 200, "ok"],
    ["getVersions", 503, "ok"],
    ["getVersion", 200, "ok"],
  ]);
  for (const { basis, source, vendor } of rows) {
    expect([new Set(Object.values(basis)), source, vendor]).toEqual([
      new Set(["yours"]),
      { title: file },
      "cortex",
    ]);
  }
});

it("lists nothing of another vendor's document", () => {
  const others = vendors.filter(({ name }) => name !== "cortex");
  expect(ledgerOfDocuments(loadDocuments({ also: [mine] }, vendors), others)).toEqual([]);
});

it("is in the ledger of a server once, however many tenants have the document", async () => {
  await using mock = await startMock({ also: [mine] });
  await mock.tenant();
  const client = createClient({ url: mock.url });
  const own = async (vendor: string) =>
    (await client.getLedger({ vendor })).rows.filter(({ operation }) => operation === "mine");
  expect(await own("cortex")).toMatchObject([{ status: 200, source: { title: "also[0]" } }]);
  expect(await own("qualys")).toEqual([]);
  expect((await request(mock.url).get("/__admin/ledger?vendor=nobody")).status).toBe(400);
});
