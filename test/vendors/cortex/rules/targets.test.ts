import { describe, expect, it } from "vitest";
import type { Exchange } from "../../../../src/core/journal/journal.ts";
import { targetRules } from "../../../../src/vendors/cortex/rules/targets.ts";
import { exchangeOf } from "../../../support/cortex-exchanges.ts";

const found = (...exchanges: Exchange[]): unknown[] =>
  targetRules.flatMap(({ id, judge }) =>
    judge(exchanges).map((flaw) => [id, flaw.exchanges, flaw.what]),
  );

const call = (filters: unknown, operation = "quarantineFiles"): Exchange =>
  exchangeOf(operation, { filters, file_path: "/a", file_hash: "b" });

const filter = (...value: unknown[]): unknown => ({
  field: "endpoint_id_list",
  operator: "in",
  value,
});

const many = (count: number): string[] => Array.from({ length: count }, (_, index) => `${index}`);

describe("a call that names no endpoint", () => {
  it.each([
    ["an empty list of filters", []],
    ["an empty list of ids", [filter()]],
    ["an empty list beside a full one", [filter("a"), filter()]],
  ])("is found by %s", (_, filters) => {
    expect(found(call(filters))).toEqual([["cortex.targets.empty", [1], "it names no endpoint"]]);
  });
});

describe("a call that names too many", () => {
  it.each(["quarantineFiles", "quarantineFilesLegacy", "isolateEndpoints", "unisolateEndpoints"])(
    "is found in %s",
    (operation) => {
      expect(found(call([filter(...many(1001))], operation))).toEqual([
        ["cortex.targets.too-many", [1], "it names 1001 endpoints"],
      ]);
    },
  );

  it("is found by its longest list", () => {
    expect(found(call([filter("a"), filter(...many(1002))]))).toMatchObject([
      [expect.any(String), [1], "it names 1002 endpoints"],
    ]);
  });

  it("is found among others", () => {
    const good = call([filter("a")]);
    const bad = { ...call([filter(...many(1001))]), id: 2 };
    expect(found(good, bad, { ...good, id: 3 })).toMatchObject([
      [expect.any(String), [2], expect.any(String)],
    ]);
  });
});

describe("nothing is wrong with", () => {
  it.each([
    ["one endpoint", call([filter("a")])],
    ["a thousand", call([filter(...many(1000))])],
    ["a thousand in each of two filters", call([filter(...many(1000)), filter(...many(1000))])],
    [
      "an isolation of one endpoint without filters",
      exchangeOf("isolateEndpoints", { endpoint_id: "a" }),
    ],
    ["another operation", call([], "getEndpoint")],
    ["filters that are no list", call({})],
    ["a filter that is nothing", call([null])],
    ["a filter without a list", call([{ field: "endpoint_id_list", operator: "in", value: "a" }])],
    ["a body that is no JSON", exchangeOf("quarantineFiles", '{"request_data":{"filters":[')],
    ["a body that is no object", exchangeOf("quarantineFiles", "null")],
    ["no body", exchangeOf("quarantineFiles", "")],
  ])("%s", (_, exchange) => {
    expect(found(exchange)).toEqual([]);
  });
});

describe("a call that names a placeholder of the page's samples", () => {
  it.each(["string", "<endpoint ID>"])("is found by %s", (id) => {
    expect(found(call([filter("a", id)]))).toEqual([
      ["cortex.targets.placeholder", [1], `it names ${JSON.stringify(id)}`],
    ]);
  });

  it.each(["String", "endpoint ID", 5, null])("is not taken for one that names %j", (id) => {
    expect(found(call([filter(id)]))).toEqual([]);
  });
});
