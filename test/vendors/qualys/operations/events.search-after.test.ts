import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Mock, startMock } from "../../../../src/index.ts";
import { type Event, events } from "../../../../src/vendors/qualys/events.ts";
import { CLOCK } from "../../../support/qualys.ts";
import { type QualysClient, qualysClient } from "../../../support/qualys-client.ts";
import { FILE_EVENT } from "../../../support/qualys-inventory.ts";
import { badRequest, refused } from "../../../support/qualys-refused.ts";

const PATH = "/ioc/events/searchAfter";
const SORTS = ['[{"event.datetime":"asc"}]', '[{"event.datetime":"desc"}]'] as const;

type Query = Readonly<Record<string, string | number>>;

const idsOf = (text: string): string[] =>
  text === "" ? [] : (JSON.parse(text) as Event[]).map(({ id }) => id);

/** Reads to the end, as a client would, and answers the pages. */
async function readAll(
  client: QualysClient,
  query: Query,
  between: (page: readonly string[]) => void = () => {},
): Promise<string[][]> {
  const pages: string[][] = [];
  let cursor: string | null = null;
  do {
    const after: Query = cursor === null ? {} : { searchAfterValues: cursor };
    const { text, headers } = await client.get(PATH, { ...query, ...after });
    pages.push(idsOf(text));
    expect(pages.length, "pages without an end").toBeLessThan(100);
    cursor = headers.get("searchAfterValues");
    between(pages.at(-1) ?? []);
  } while (cursor !== null);
  return pages;
}

const sorted = (mock: Mock, sort: string): string[] => {
  const keys = mock.store.all(events).map(({ at, id }) => `${at} ${id}`);
  const ids = keys.sort().map((key) => key.split(" ")[1] ?? "");
  return sort === SORTS[0] ? ids : ids.toReversed();
};

describe.each(SORTS)("searchAfter, sorted %s", (sort) => {
  it("reads every event once, in order, with any page size", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const client = qualysClient(mock);
    const all = sorted(mock, sort);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: all.length + 2 }), async (pageSize) => {
        const pages = await readAll(client, { sort, pageSize });
        expect(pages.flat()).toEqual(all);
        for (const page of pages.slice(0, -2)) expect(page).toHaveLength(pageSize);
      }),
      { numRuns: 15 },
    );
  });

  it("loses none and repeats none when the cursor's event disappears", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const all = sorted(mock, sort);
    const pages = await readAll(qualysClient(mock), { sort, pageSize: 4 }, (page) => {
      for (const id of page.slice(-2)) mock.store.delete(events, id);
    });
    expect(pages.flat()).toEqual(all);
  });

  it("distinguishes events with the same time", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const at = Date.UTC(2026, 0, 30);
    for (const event of mock.store.all(events)) mock.store.put(events, { ...event, at });
    const pages = await readAll(qualysClient(mock), { sort, pageSize: 1 });
    expect(pages.flat()).toEqual(sorted(mock, sort));
  });

  it("does not repeat events when new ones arrive", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const before = sorted(mock, sort);
    let made = 0;
    const pages = await readAll(qualysClient(mock), { sort, pageSize: 10 }, () => {
      const event = mock.store.get(events, FILE_EVENT);
      if (event && made < 5) mock.store.put(events, { ...event, id: `F_new_${made++}` });
    });
    const read = pages.flat();
    expect(new Set(read).size).toBe(read.length);
    expect(read.filter((id) => !id.startsWith("F_new"))).toEqual(before);
  });
});

describe("searchAfter", () => {
  it("sends its cursor under both names: the time and the id of the last row", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const client = qualysClient(mock);
    for (const path of [PATH, `${PATH}/`, "/ioc/v1/events/searchAfter"]) {
      const filter = `event.id: ${FILE_EVENT}`;
      const { status, text, headers } = await client.get(path, { filter });
      expect(status).toBe(200);
      expect(text).toBe((await client.get("/ioc/events", { filter })).text);
      for (const name of ["searchAfterValue", "searchAfterValues"]) {
        expect(headers.get(name)).toBe(`1769859600000,${FILE_EVENT}`);
      }
    }
  });

  it("lists like the other call without a cursor", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const client = qualysClient(mock);
    for (const query of [
      {},
      { pageNumber: 2, pageSize: 3 },
      { state: "true" },
      { sort: SORTS[0] },
    ]) {
      expect((await client.get(PATH, query)).text).toBe(
        (await client.get("/ioc/events", query)).text,
      );
    }
  });

  it.each([
    ["200", 200, "[]"],
    ["204", 204, ""],
  ] as const)(
    "sends no cursor where there is no row: emptyLists %s, a %i",
    async (emptyLists, status, text) => {
      await using mock = await startMock({ clock: CLOCK, emptyLists });
      const last = `0,F_0`;
      for (const query of [
        { filter: "type: NETWORK AND type: FILE" },
        { searchAfterValues: last },
      ]) {
        const answer = await qualysClient(mock).get(PATH, query);
        expect(answer).toMatchObject({ status, text });
        expect(answer.headers.get("searchAfterValue")).toBeNull();
        expect(answer.headers.get("searchAfterValues")).toBeNull();
      }
    },
  );

  it("ignores the page number when there is a cursor", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const client = qualysClient(mock);
    const searchAfterValues = `1769859600000,${FILE_EVENT}`;
    const query = { searchAfterValues, sort: SORTS[0] };
    const { text } = await client.get(PATH, query);
    expect(idsOf(text)).toEqual(sorted(mock, SORTS[0]).slice(-2));
    expect((await client.get(PATH, { ...query, pageNumber: 7 })).text).toBe(text);
  });

  it("keeps to the filter from page to page", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const query = { filter: "type: PROCESS", state: "true", sort: SORTS[0], pageSize: 2 };
    const pages = await readAll(qualysClient(mock), query);
    const active = new Set(mock.store.all(events).flatMap(({ id, gone }) => (gone ? [] : id)));
    expect(pages.flat()).toEqual(
      sorted(mock, SORTS[0]).filter((id) => id.startsWith("RTP_") && active.has(id)),
    );
  });

  it("continues after record 10,000", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const event = mock.store.get(events, FILE_EVENT);
    for (let made = 0; event && made < 10_100; made++) {
      mock.store.put(events, { ...event, id: `F_${String(made).padStart(5, "0")}` });
    }
    const client = qualysClient(mock);
    const query = { sort: SORTS[0], pageSize: 10_000 };
    expect((await readAll(client, query)).flat()).toEqual(sorted(mock, SORTS[0]));
    const behind = await client.get(PATH, { ...query, pageSize: 100, pageNumber: 100 });
    expect(idsOf(behind.text)).toEqual(sorted(mock, SORTS[0]).slice(10_000, 10_100));
  });

  it.each([
    FILE_EVENT,
    "1769859600000",
    "1769859600000,",
    `,${FILE_EVENT}`,
    `-1,${FILE_EVENT}`,
    `${FILE_EVENT},1769859600000`,
    `2026-01-31T11:40:00.000Z,${FILE_EVENT}`,
    `["1769859600000","${FILE_EVENT}"]`,
    `${"1".repeat(17)},${FILE_EVENT}`,
    "null",
  ])("refuses the cursor %s", async (searchAfterValues) => {
    await using mock = await startMock({ clock: CLOCK });
    for (const path of [PATH, "/ioc/v1/events/searchAfter"]) {
      const ask = () => qualysClient(mock).get(path, { searchAfterValues });
      expect(await refused(mock, ask)).toEqual(
        badRequest("Query/searchAfterValues is not a cursor of this call"),
      );
    }
  });

  it("refuses an empty cursor, and a page of no or too large a size", async () => {
    await using mock = await startMock({ clock: CLOCK });
    for (const [query, message] of [
      [{ searchAfterValues: "" }, "searchAfterValues must NOT have fewer than 1 characters"],
      [{ pageSize: 0 }, "pageSize must be >= 1"],
      [{ pageSize: 10_001 }, "pageSize must be <= 10000"],
      [{ pageSize: "abc" }, "pageSize must be integer"],
      [{ pageNumber: -1 }, "pageNumber must be >= 0"],
    ] as const) {
      const ask = () => qualysClient(mock).get(PATH, query);
      expect(await refused(mock, ask)).toEqual(badRequest(`Query/${message}`));
    }
  });
});
