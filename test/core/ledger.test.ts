import { describe, expect, it } from "vitest";
import { ledgerOf } from "../../src/core/ledger.ts";
import { vendors } from "../../src/vendors/index.ts";
import { causesOf, operationsOf, readSpec, wordsIn } from "../support/specs.ts";

const DOCUMENT = {
  info: { "x-sources": { page: { title: "A page", url: "https://example.com" } } },
  paths: {
    "/a": {
      parameters: [],
      get: {
        operationId: "getA",
        responses: {
          200: { "x-causes": { ok: { basis: "documented", source: "page" } } },
          401: { $ref: "#/components/responses/No" },
        },
        "x-behaviours": [{ id: "slow", basis: { recorded: "observed" }, source: "lore" }],
      },
    },
  },
  "x-unmatched": {
    responses: { 404: { "x-causes": { "no-operation": { basis: "assumed", source: "page" } } } },
  },
  components: {
    responses: {
      No: {
        "x-causes": {
          unauthenticated: {
            basis: { document: "assumed", recorded: "recorded" },
            source: "page",
          },
        },
      },
    },
  },
};

const PAGE = { title: "A page", url: "https://example.com" };

it("has a row for each reply and behaviour, with its basis in each wire form and its source", () => {
  expect(ledgerOf({ name: "acme", settings: {} }, DOCUMENT)).toEqual([
    {
      vendor: "acme",
      operation: "getA",
      status: 200,
      cause: "ok",
      basis: { document: "documented", recorded: "documented" },
      source: PAGE,
    },
    {
      vendor: "acme",
      operation: "getA",
      status: 401,
      cause: "unauthenticated",
      basis: { document: "assumed", recorded: "recorded" },
      source: PAGE,
    },
    {
      vendor: "acme",
      operation: "getA",
      cause: "slow",
      basis: { recorded: "observed" },
      source: { title: "lore" },
    },
    {
      vendor: "acme",
      operation: "(unmatched)",
      status: 404,
      cause: "no-operation",
      basis: { document: "assumed", recorded: "assumed" },
      source: PAGE,
    },
  ]);
});

describe.each(vendors)("the ledger of $name", (vendor) => {
  const { name } = vendor;
  const document = readSpec(name);
  const rows = () => ledgerOf(vendor, document);

  it("leaves out nothing that the server can answer", () => {
    for (const { id, object } of operationsOf(document)) {
      for (const wire of ["document", "recorded"] as const) {
        const own = rows().filter(
          ({ operation, status, basis }) => operation === id && status && basis[wire],
        );
        expect(own.map(({ cause }) => cause)).toEqual(
          causesOf(object, document, wordsIn(name, wire)),
        );
      }
    }
  });

  it("names a source that can be looked up", () => {
    for (const { source, basis } of rows()) {
      expect(source.title.length).toBeGreaterThan(10);
      expect(Object.values(basis)).not.toEqual([]);
    }
  });
});
