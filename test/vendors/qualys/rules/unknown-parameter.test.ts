import { describe, expect, it } from "vitest";
import { startMock } from "../../../../src/index.ts";
import { PARAMETERS } from "../../../../src/vendors/qualys/parameters.ts";
import { unknownParameter } from "../../../../src/vendors/qualys/rules/unknown-parameter.ts";
import { CLOCK } from "../../../support/qualys.ts";
import { qualysClient } from "../../../support/qualys-client.ts";
import { isJson, type Json, operationsOf, readSpec } from "../../../support/specs.ts";

type Query = Readonly<Record<string, string>>;

const judged = async (path: string, query: Query): Promise<string[]> => {
  await using mock = await startMock({ clock: CLOCK });
  await qualysClient(mock).get(path, query);
  return unknownParameter.judge(mock.journal.entries()).map(({ what }) => what);
};

describe("a query parameter", () => {
  it.each<readonly [path: string, query: Query]>([
    ["/ioc/events", { filter: "", pageNumber: "0", pageSize: "5", state: "true", fromDate: "0" }],
    ["/ioc/v1/events/searchAfter", { searchAfterValues: "1,a", include_attributes: "id" }],
    ["/ioc/events/count", { filter: "", sort: "[]", pageSize: "1" }],
    ["/ioc/events", { "": "", sort: '[{"event.dateTime":"asc"}]' }],
    ["/ioc/events/count/time-buckets", { bucketCount: "1" }],
    ["/ioc/asset/x", { whatever: "1" }],
    ["/ioc/events/count", { pageNumber: "0" }],
    ["/ioc/events", {}],
  ])("that the call has is no finding: %s %j", async (path, query) => {
    expect(await judged(path, query)).toEqual([]);
  });

  it.each<readonly [path: string, query: Query, what: readonly string[]]>([
    ["/ioc/events", { filters: "type: FILE" }, ["listEvents has no query parameter filters"]],
    [
      "/ioc/v1/events",
      { page: "1", limit: "2" },
      ["listEvents has no query parameter page", "listEvents has no query parameter limit"],
    ],
    ["/ioc/asset/all", { sort: "[]" }, ["listAssets has no query parameter sort"]],
    ["/ioc/asset/count", { pagesize: "1" }, ["countAssets has no query parameter pagesize"]],
    [
      "/ioc/asset/searchAfter",
      { searchAfterValue: "1,a" },
      ["searchAssetsAfter has no query parameter searchAfterValue"],
    ],
  ])("that the call does not have is one: %s %j", async (path, query, what) => {
    expect(await judged(path, query)).toEqual(what);
  });

  it("is only assumed to be unknown where nobody has seen the call's table", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const client = qualysClient(mock);
    await client.get("/ioc/asset/all", { sort: "[]" });
    await client.get("/ioc/asset/count", { sort: "[]" });
    const flaws = unknownParameter.judge(mock.journal.entries());
    expect(flaws[0]?.source).toMatch(/no public copy/);
    expect(flaws.map(({ basis = unknownParameter.basis }) => basis)).toEqual([
      "assumed",
      "documented",
    ]);
  });

  it("is known to the rule exactly where the document has it", () => {
    const document = readSpec("qualys");
    const reads = operationsOf(document).filter(({ id }) => id in PARAMETERS);
    expect(reads.map(({ id }) => id).sort()).toEqual(Object.keys(PARAMETERS).sort());
    for (const { id, object } of reads) {
      const parameters = (object["parameters"] as Json[]).filter(isJson);
      const names = parameters.map((parameter) => {
        const name =
          String(parameter["$ref"] ?? "")
            .split("/")
            .at(-1) ?? "";
        const components = (document["components"] as Json)["parameters"] as Record<string, Json>;
        return (components[name] ?? parameter)["name"];
      });
      expect([...(PARAMETERS[id] ?? [])].sort(), id).toEqual(names.toSorted());
    }
  });
});
