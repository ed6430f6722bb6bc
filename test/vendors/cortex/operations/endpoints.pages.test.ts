import { describe, expect, it } from "vitest";
import { WIRE_FORMS } from "../../../../src/core/tenant.ts";
import { type Mock, startMock } from "../../../../src/mock.ts";
import { CLOCK, filter, INVENTORY, OTHER } from "../../../support/cortex.ts";
import { cortexClient } from "../../../support/cortex-client.ts";

const FLEET = 230;
const ALL = INVENTORY + FLEET;

interface Page {
  readonly total: number;
  readonly count: number;
  readonly ids: readonly string[];
  readonly seen: readonly number[];
}

async function page(mock: Mock, data: object = {}): Promise<Page> {
  const { status, text } = await cortexClient(mock).post("endpoints/get_endpoint", data);
  expect(status).toBe(200);
  const { total_count, result_count, endpoints } = JSON.parse(text).reply as {
    total_count: number;
    result_count: number;
    endpoints: { endpoint_id: string; last_seen: number }[];
  };
  expect(endpoints).toHaveLength(result_count);
  return {
    total: total_count,
    count: result_count,
    ids: endpoints.map(({ endpoint_id }) => endpoint_id),
    seen: endpoints.map(({ last_seen }) => last_seen),
  };
}

describe.each(WIRE_FORMS)("a page of endpoints, %s form", (wire) => {
  it.each([
    [{}, 0, 100],
    [{ search_from: 0 }, 0, 100],
    [{ search_from: 100 }, 100, 200],
    [{ search_from: 200 }, 200, ALL],
    [{ search_to: 1 }, 0, 1],
    [{ search_from: 3, search_to: 103 }, 3, 103],
    [{ search_from: ALL - 8, search_to: ALL + 92 }, ALL - 8, ALL],
    [{ search_from: ALL, search_to: ALL + 42 }, ALL, ALL],
    [{ search_from: 1000 }, ALL, ALL],
  ])("with %j is part of the whole", async (data, from, to) => {
    await using mock = await startMock({ wire, clock: CLOCK, fleet: FLEET });
    const all: string[] = [];
    for (const search_from of [0, 100, 200]) all.push(...(await page(mock, { search_from })).ids);
    expect(new Set(all).size).toBe(ALL);
    const { total, count, ids } = await page(mock, data);
    const isBehind = from === ALL && wire === "recorded";
    expect([total, count]).toEqual([isBehind ? null : ALL, to - from]);
    expect(ids).toEqual(all.slice(from, to));
  });

  it("counts the matches of its filters, not the inventory", async () => {
    await using mock = await startMock({ wire, clock: CLOCK, fleet: FLEET });
    const filters = [{ field: "hostname", operator: "in", value: ["web-01", "web-02", "db-01"] }];
    const { total, count } = await page(mock, { filters, search_from: 1, search_to: 2 });
    expect([total, count]).toEqual([3, 1]);
  });
});

describe("the order of endpoints", () => {
  const keywords = [
    ["ASC", 1],
    ["asc", 1],
    ["DESC", -1],
    ["desc", -1],
  ] as const;

  it.each(keywords)("by id is %s", async (keyword, sign) => {
    await using mock = await startMock({ clock: CLOCK });
    const { ids } = await page(mock, { sort: { field: "endpoint_id", keyword } });
    expect(ids).toEqual(ids.toSorted((a, b) => (a < b ? -sign : sign)));
    expect(ids).not.toEqual((await page(mock)).ids);
  });

  it.each(keywords)(
    "by the time last seen is %s, equal ones as they stand",
    async (keyword, sign) => {
      await using mock = await startMock({ clock: CLOCK });
      const plain = await page(mock);
      const { ids, seen } = await page(mock, { sort: { field: "last_seen", keyword } });
      expect(seen).toEqual(plain.seen.toSorted((a, b) => sign * (a - b)));
      const times = new Map(plain.ids.map((id, index) => [id, plain.seen[index] ?? 0]));
      expect(ids).toEqual(
        plain.ids.toSorted((a, b) => sign * ((times.get(a) ?? 0) - (times.get(b) ?? 0))),
      );
    },
  );

  it.each(keywords)("by the time first seen, which is one for all, stays: %s", async (keyword) => {
    await using mock = await startMock({ clock: CLOCK });
    const { ids } = await page(mock, { sort: { field: "first_seen", keyword } });
    expect(ids).toEqual((await page(mock)).ids);
  });

  it("by scan status follows the actions", async () => {
    await using mock = await startMock({ clock: CLOCK });
    await cortexClient(mock).act("endpoints/scan", { filters: [filter(OTHER)] });
    const { ids } = await page(mock, { sort: { field: "scan_status", keyword: "desc" } });
    const plain = (await page(mock)).ids.filter((id) => id !== OTHER);
    // SCAN_STATUS_PENDING comes after SCAN_STATUS_NONE.
    expect(ids).toEqual([OTHER, ...plain]);
  });

  it("is made before the page is cut", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const sort = { field: "endpoint_id", keyword: "DESC" };
    const { ids } = await page(mock, { sort });
    expect((await page(mock, { sort, search_from: 2, search_to: 5 })).ids).toEqual(ids.slice(2, 5));
  });
});
