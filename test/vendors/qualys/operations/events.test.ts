import { describe, expect, it } from "vitest";
import { startMock } from "../../../../src/index.ts";
import { type Event, events } from "../../../../src/vendors/qualys/events.ts";
import { type Asset, assets } from "../../../../src/vendors/qualys/state.ts";
import { AGENT, CLOCK } from "../../../support/qualys.ts";
import { type QualysClient, qualysClient } from "../../../support/qualys-client.ts";
import { FILE_EVENT, PROCESS_EVENT } from "../../../support/qualys-inventory.ts";
import { badRequest, refused } from "../../../support/qualys-refused.ts";

const ASCENDING = '[{"event.datetime":"asc"}]';
const DESCENDING = '[{"event.datetime":"desc"}]';

type Query = Readonly<Record<string, string | number>>;

const listed = async (client: QualysClient, query: Query = {}): Promise<string[]> => {
  const { text } = await client.get("/ioc/events", { pageSize: 1000, ...query });
  return (JSON.parse(text) as Event[]).map(({ id }) => id);
};

const count = async (client: QualysClient, query: Query = {}): Promise<number> =>
  JSON.parse((await client.get("/ioc/events/count", query)).text).count;

/** As the calls sort them: by time, those of the same time by id. */
const sorted = (rows: readonly Event[]): string[] =>
  rows
    .map(({ at, id }) => `${at} ${id}`)
    .sort()
    .map((key) => key.split(" ")[1] ?? "");

describe("the list of events", () => {
  it("is the same under every path, with any headers that a GET may have", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const client = qualysClient(mock);
    const { text } = await client.get("/ioc/events");
    for (const path of ["/ioc/events/", "/ioc/v1/events", "/ioc/v1/events/"]) {
      expect((await client.get(path)).text).toBe(text);
    }
    for (const type of ["application/json", "application/x-www-form-urlencoded", "text/xml"]) {
      const headers = { "content-type": type, accept: type };
      expect((await client.get("/ioc/events", {}, headers)).text).toBe(text);
    }
  });

  it("has ten rows by default, the newest first", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const client = qualysClient(mock);
    const all = sorted(mock.store.all(events));
    const { text } = await client.get("/ioc/events");
    const ids = (JSON.parse(text) as Event[]).map(({ id }) => id);
    expect(ids).toEqual(all.toReversed().slice(0, 10));
    expect(await listed(client, { sort: DESCENDING })).toEqual(all.toReversed());
    expect(await listed(client, { sort: ASCENDING })).toEqual(all);
    expect(await listed(client, { sort: ASCENDING, pageNumber: 2, pageSize: 3 })).toEqual(
      all.slice(6, 9),
    );
  });

  it("asked again with the same filter follows the time, the assets and new events", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const client = qualysClient(mock);
    const asset = mock.store.get(assets, AGENT) as Asset;
    const recent = { filter: "event.datetime > now-30d" };
    const named = { filter: `asset.hostname: ${asset.hostName}` };
    const files = { filter: "type: FILE" };
    const counts = async (): Promise<number[]> =>
      await Promise.all([recent, named, files].map((query) => count(client, query)));
    const [first = 0, ofHost = 0, ofFiles = 0] = await counts();
    expect([first > 0, ofHost > 0, ofFiles > 0]).toEqual([true, true, true]);
    mock.store.put(assets, { ...asset, hostName: "renamed" });
    const old = mock.store.all(events).find(({ row }) => row.type === "FILE") as Event;
    mock.store.put(events, { ...old, id: `${old.id}0` });
    expect((await counts()).slice(1)).toEqual([0, ofFiles + 1]);
    mock.clock.advance(60 * 86_400_000);
    expect((await counts())[0]).toBe(0);
  });

  it.each([' [ { "event.dateTime" : "ASC" } ] ', '[{"event.datetime":"Asc"}]'])(
    "understands a sort in the spelling %s",
    async (sort) => {
      await using mock = await startMock({ clock: CLOCK });
      const client = qualysClient(mock);
      expect(await listed(client, { sort })).toEqual(await listed(client, { sort: ASCENDING }));
    },
  );

  it("lists and counts with state=true only what still exists", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const client = qualysClient(mock);
    const rows = mock.store.all(events);
    const active = sorted(rows.filter(({ gone }) => !gone)).toReversed();
    expect(active.length).toBeLessThan(rows.length);
    for (const [states, ids] of [
      [["true", "True"], active],
      [["false", "False"], sorted(rows).toReversed()],
    ] as const) {
      for (const state of states) {
        expect(await listed(client, { state })).toEqual(ids);
        expect(await count(client, { state })).toBe(ids.length);
      }
    }
  });

  it("ignores what it does not know", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const client = qualysClient(mock);
    const { text } = await client.get("/ioc/events");
    expect((await client.get("/ioc/events", { x: "1", "": "" })).text).toBe(text);
  });

  it("keeps the events of the days from fromDate to toDate, at any time of day", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const client = qualysClient(mock);
    const on = (day: number): number => Date.UTC(2026, 0, day) / 1000;
    const days = (from: number, to: number): string[] =>
      sorted(
        mock.store.all(events).filter(({ at }) => at >= 1000 * on(from) && at < 1000 * on(to + 1)),
      ).toReversed();
    expect(days(29, 30)).not.toEqual(days(1, 31));
    for (const [query, ids] of [
      [{ fromDate: on(29), toDate: on(30) }, days(29, 30)],
      [{ fromDate: on(30) - 1, toDate: on(30) }, days(29, 30)],
      [{ fromDate: on(30), toDate: on(30) }, days(30, 30)],
      [{ fromDate: on(31) }, days(31, 31)],
      [{ toDate: on(29) }, days(1, 29)],
      [{ fromDate: on(31), toDate: on(30) }, []],
    ] as const) {
      expect(await listed(client, query)).toEqual(ids);
      expect(await count(client, query)).toBe(ids.length);
    }
  });

  it.each([
    ["200", 200, "[]"],
    ["204", 204, ""],
  ] as const)("that is empty is, with emptyLists %s, a %i", async (emptyLists, status, text) => {
    await using mock = await startMock({ clock: CLOCK, emptyLists });
    const client = qualysClient(mock);
    for (const query of [{ filter: "type: NETWORK AND type: FILE" }, { pageNumber: 500 }]) {
      for (const path of ["/ioc/events", "/ioc/v1/events"]) {
        expect(await client.get(path, query)).toMatchObject({ status, text });
      }
    }
  });
});

describe("events are filtered", () => {
  it.each<readonly [filter: string, ids: readonly string[]]>([
    [`event.id: ${FILE_EVENT}`, [FILE_EVENT]],
    [`asset.agentid: ${AGENT} AND type: [file, process]`, [PROCESS_EVENT, FILE_EVENT]],
    ["asset.hostname: JD-LAPTOP AND type: FILE", [FILE_EVENT]],
    ["asset.hostname: jd-laptop and event.type: process", [PROCESS_EVENT]],
    ["asset.hostname: jd-laptop AND action: created AND not type: [MUTEX, REGISTRY]", [FILE_EVENT]],
    ["asset.hostname: jd-laptop AND event.action: RUNNING", [PROCESS_EVENT]],
    ["asset.hostname: jd-laptop AND event.score: 8", [FILE_EVENT]],
    ["asset.hostname: jd-laptop AND indicator.score: (9..11)", [PROCESS_EVENT]],
    ["file.name: 'invoice_1.exe'", [FILE_EVENT]],
    [
      "file.hash.sha256: DA5EAEE15DE50B6161E5995772029146A76989DA533921404520AE9DD5622DD7",
      [FILE_EVENT],
    ],
    [
      "process.name: svch0st.exe AND asset.hostname: jd-laptop AND event.score: 10",
      [PROCESS_EVENT],
    ],
    ["file.name: svch0st.exe", []],
    ["process.name: invoice_1.exe", []],
    [
      'event.datetime:["2026-01-31T11:40:00.000Z".."2026-01-31T11:40:05.000Z"]',
      [PROCESS_EVENT, FILE_EVENT],
    ],
    ["event.datetime: [2026-01-31T11:40:00.001Z..2026-01-31T11:40:05Z]", [PROCESS_EVENT]],
    ["event.dateTime: 2026-01-31T11:40:00Z", [FILE_EVENT]],
    ['event.dateTime:["2026-01-31T11:40:01Z" .. "now"] and type:\'process\'', [PROCESS_EVENT]],
    ["event.datetime > now-20m and type: PROCESS", [PROCESS_EVENT]],
    ["event.eventprocesstime: [2026-01-31T11:43:00Z .. 2026-01-31T11:43:01Z]", [FILE_EVENT]],
    ["file.hash.md5: da5eaee15de50b6161e5995772029146", [FILE_EVENT]],
    ["file.hash: DA5EAEE15DE50B6161E5995772029146", [FILE_EVENT]],
    ['file.fullPath: "C:\\Users\\Public\\Downloads\\invoice_1"', [FILE_EVENT]],
    ["file.name: invoice_1* and not file.name: `invoice_1`", [FILE_EVENT]],
    ["file.name: `invoice_1`", []],
    [
      "(event.datetime:['1999-01-01T00:00:00Z'..'2026-01-31T11:40:00Z']) AND (file.name:invoice_1.exe)",
      [FILE_EVENT],
    ],
  ])("by %s, listed and counted alike", async (filter, ids) => {
    await using mock = await startMock({ clock: CLOCK });
    const client = qualysClient(mock);
    expect(await listed(client, { filter })).toEqual(ids);
    expect(await count(client, { filter })).toBe(ids.length);
  });
});

describe("events are counted", () => {
  it.each(["document", "recorded"] as const)("as { count }, 0 among them (%s)", async (wire) => {
    await using mock = await startMock({ clock: CLOCK, wire });
    const client = qualysClient(mock);
    const total = mock.store.all(events).length;
    for (const path of ["/ioc/events/count", "/ioc/events/count/", "/ioc/v1/events/count"]) {
      expect(await client.get(path)).toMatchObject({ status: 200, text: `{"count":${total}}` });
      const none = await client.get(path, { filter: "type: NETWORK AND type: FILE" });
      expect(none).toMatchObject({ status: 200, text: '{"count":0}' });
    }
  });

  it("beyond the window, for any page and order", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const [event] = mock.store.all(events);
    for (let made = 0; event && made < 10_001; made++) {
      mock.store.put(events, { ...event, id: `F_${made}` });
    }
    const query = { pageNumber: 5000, sort: "nonsense" };
    expect(await count(qualysClient(mock), query)).toBe(mock.store.all(events).length);
  });
});

describe.each(["/ioc/events", "/ioc/v1/events", "/ioc/events/searchAfter"])(
  "%s refuses",
  (path) => {
    it.each([
      "asc",
      "[]",
      "{}",
      '{"event.datetime":"asc"}',
      '["event.datetime"]',
      '[{"event.datetime":"up"}]',
      '[{"event.score":"asc"}]',
      '[{"event.datetime":"asc"},{"event.score":"asc"}]',
      "[{'event.datetime':'asc'}]",
      "",
    ])("the sort %j", async (sort) => {
      await using mock = await startMock({ clock: CLOCK });
      const ask = () => qualysClient(mock).get(path, { sort });
      expect(await refused(mock, ask)).toEqual(
        badRequest('Query/sort must be [{"event.datetime":"asc"}] or "desc"'),
      );
    });

    it.each(["now", "-1", "1.5", "2026-01-31", ""])("the day %j", async (fromDate) => {
      await using mock = await startMock({ clock: CLOCK });
      const ask = () => qualysClient(mock).get(path, { fromDate });
      expect(await refused(mock, ask)).toMatchObject({ status: 400, cause: "invalid" });
    });

    it.each(["TRUE", "1", "active", ""])("the state %j", async (state) => {
      await using mock = await startMock({ clock: CLOCK });
      const ask = () => qualysClient(mock).get(path, { state });
      expect(await refused(mock, ask)).toEqual(
        badRequest("Query/state must be one of: true, false, True, False"),
      );
    });
  },
);
