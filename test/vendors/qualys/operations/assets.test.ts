import { describe, expect, it } from "vitest";
import { startMock } from "../../../../src/index.ts";
import { type Asset, assets } from "../../../../src/vendors/qualys/state.ts";
import { AGENT, CLOCK } from "../../../support/qualys.ts";
import { type QualysClient, qualysClient } from "../../../support/qualys-client.ts";
import { OFFLINE_AGENT } from "../../../support/qualys-inventory.ts";
import { refusal, refused } from "../../../support/qualys-refused.ts";

const names = async (client: QualysClient, filter: string): Promise<string[]> => {
  const { text } = await client.get("/ioc/asset/all", { filter, pageSize: 1000 });
  return (JSON.parse(text) as Asset[]).map(({ hostName }) => hostName).sort();
};

const count = async (client: QualysClient, filter: string): Promise<number> =>
  JSON.parse((await client.get("/ioc/asset/count", { filter })).text).count;

describe("the list of assets", () => {
  it("is the same under every path, with any headers that a GET may have", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const client = qualysClient(mock);
    const { text } = await client.get("/ioc/asset/all");
    for (const path of ["/ioc/asset/all/", "/ioc/v1/asset/all", "/ioc/v1/asset/all/"]) {
      expect((await client.get(path)).text).toBe(text);
    }
    for (const type of ["application/json", "application/x-www-form-urlencoded", "text/xml"]) {
      const headers = { "content-type": type, accept: type };
      expect((await client.get("/ioc/asset/all", {}, headers)).text).toBe(text);
    }
  });

  it("is in the order of the agentId, and in one piece over its pages", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const client = qualysClient(mock);
    const ids: string[] = [];
    for (let pageNumber = 0; pageNumber < 5; pageNumber++) {
      const { text } = await client.get("/ioc/asset/all", { pageNumber, pageSize: 5 });
      ids.push(...(JSON.parse(text) as Asset[]).map(({ agentId }) => agentId));
    }
    const all = mock.store.all(assets).map(({ agentId }) => agentId);
    expect(ids).toEqual([...all].sort());
  });

  it("ignores unknown parameters", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const client = qualysClient(mock);
    const { text } = await client.get("/ioc/asset/all");
    expect((await client.get("/ioc/asset/all", { sort: "x", x: "1" })).text).toBe(text);
  });

  it("that is empty is []", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const client = qualysClient(mock);
    for (const query of [{ filter: "asset.hostname: x" }, { pageNumber: 500 }]) {
      expect(await client.get("/ioc/asset/all", query)).toMatchObject({ status: 200, text: "[]" });
    }
  });

  it("that is empty is a 204 where the tenant says so", async () => {
    await using mock = await startMock({ clock: CLOCK, emptyLists: "204" });
    const client = qualysClient(mock);
    for (const query of [{ filter: "asset.hostname: x" }, { pageNumber: 500 }]) {
      const answer = await client.get("/ioc/asset/all", query);
      expect(answer).toMatchObject({ status: 204, text: "" });
      expect(answer.headers.get("content-type")).toBeNull();
    }
  });
});

describe("assets are counted", () => {
  it.each(["document", "recorded"] as const)("as { count }, 0 among them (%s)", async (wire) => {
    await using mock = await startMock({ clock: CLOCK, wire });
    const client = qualysClient(mock);
    const total = mock.store.all(assets).length;
    for (const path of ["/ioc/asset/count", "/ioc/asset/count/", "/ioc/v1/asset/count"]) {
      expect(await client.get(path)).toMatchObject({ status: 200, text: `{"count":${total}}` });
      const none = await client.get(path, { filter: "asset.hostname: x" });
      expect(none).toMatchObject({ status: 200, text: '{"count":0}' });
    }
  });

  it("beyond the window, for any page", async () => {
    await using mock = await startMock({ clock: CLOCK, fleet: 10_000 });
    const { text } = await qualysClient(mock).get("/ioc/asset/count", { pageNumber: 5000 });
    expect(JSON.parse(text).count).toBe(mock.store.all(assets).length);
  });
});

describe("assets are filtered", () => {
  const OFFLINE = ["branch-pc", "db-replica", "travel-mac"];

  it.each<readonly [filter: string, hosts: readonly string[]]>([
    ["asset.hostname: JD-Laptop", ["jd-laptop"]],
    [`asset.agentid: ${AGENT}`, ["jd-laptop"]],
    [`ASSET.AGENTID: '${OFFLINE_AGENT.toUpperCase()}'`, ["db-replica"]],
    ["asset.platform: MAC", ["design-mac", "travel-mac"]],
    ["asset.platform: Mac AND asset.hostname: design-mac", ["design-mac"]],
    ["asset.lastreportedtime: [2025-11-14T17:30:00Z..2025-11-14T17:30:00Z]", OFFLINE],
    ["asset.timestamp: [2025-01-01T00:00:00Z..2026-01-31T11:59:59.999Z]", OFFLINE],
    ["asset.timestamp: 2025-11-14T17:30:00Z", OFFLINE],
    ["asset.timestamp: [2027-01-01T00:00:00Z..2028-01-01T00:00:00Z]", []],
  ])("by %s, listed and counted alike", async (filter, hosts) => {
    await using mock = await startMock({ clock: CLOCK });
    const client = qualysClient(mock);
    expect(await names(client, filter)).toEqual(hosts);
    expect(await count(client, filter)).toBe(hosts.length);
  });

  it("by when they last reported, which is now for online agents", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const client = qualysClient(mock);
    const filter = "asset.timestamp: [2026-01-31T12:00:00Z..2026-01-31T12:00:00Z]";
    expect(await count(client, filter)).toBe(mock.store.all(assets).length - OFFLINE.length);
    mock.clock.advance(1);
    expect(await count(client, filter)).toBe(0);
  });
});

it("assets take no POST", async () => {
  await using mock = await startMock({ clock: CLOCK });
  const ask = () => qualysClient(mock).post("/ioc/asset/all", {});
  expect(await refused(mock, ask)).toEqual(
    refusal(
      "405 METHOD_NOT_ALLOWED",
      "wrong-method",
      "POST is not allowed on /ioc/asset/all; use GET",
    ),
  );
});
