import { describe, expect, it } from "vitest";
import { startMock } from "../../../../src/index.ts";
import { AGENT, CLOCK } from "../../../support/qualys.ts";
import { qualysClient } from "../../../support/qualys-client.ts";
import { badRequest, refused } from "../../../support/qualys-refused.ts";

const PATH = "/ioc/events/count/time-buckets";
/** The range and the slices of the vendor's sample. */
const SAMPLE = { fromDate: 1764134321, toDate: 1764145121, bucketCount: 5 };

describe("counts per slice of time", () => {
  it("have the edges of the vendor's sample", async () => {
    await using mock = await startMock({ clock: CLOCK });
    for (const path of [PATH, `${PATH}/`, "/ioc/v1/events/count/time-buckets"]) {
      const { status, text } = await qualysClient(mock).get(path, SAMPLE);
      expect([status, Object.keys(JSON.parse(text))]).toEqual([
        200,
        [
          "2025-11-26T04:48:00.000Z_2025-11-26T05:24:00.000Z",
          "2025-11-26T05:24:00.000Z_2025-11-26T06:00:00.000Z",
          "2025-11-26T06:00:00.000Z_2025-11-26T06:36:00.000Z",
          "2025-11-26T06:36:00.000Z_2025-11-26T07:12:00.000Z",
          "2025-11-26T07:12:00.000Z_2025-11-26T07:48:00.000Z",
        ],
      ]);
    }
  });

  it("count each event in its slice, by datetime alone of the filter", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const buckets = async (filter: string): Promise<Record<string, number>> => {
      const range = { fromDate: 1764134321, toDate: 1764145121, bucketCount: 5 };
      return JSON.parse((await qualysClient(mock).get(PATH, { ...range, filter })).text);
    };
    for (const dateTime of [
      "04:47:59.999",
      "04:48:00.000",
      "05:23:59.999",
      "07:47:59.999",
      "07:48:00.000",
    ]) {
      const row = { type: "FILE", asset: { agentId: AGENT }, dateTime: `2025-11-26T${dateTime}Z` };
      await mock.inventory.put("qualys", "events", row);
    }
    expect(Object.values(await buckets(""))).toEqual([2, 0, 0, 0, 1]);
    expect(Object.values(await buckets("type:process and nonsense: 1"))).toEqual([2, 0, 0, 0, 1]);
    const day = 'datetime:["2025-11-26T04:48:00.001Z".."now"] and type: file';
    expect(Object.values(await buckets(day))).toEqual([1, 0, 0, 0, 1]);
  });

  it("are those of the last 24 hours by default", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const counts = JSON.parse((await qualysClient(mock).get(PATH)).text);
    expect(Object.keys(counts)).toHaveLength(24);
    expect(Object.keys(counts)[0]).toBe("2026-01-30T12:00:00.000Z_2026-01-30T13:00:00.000Z");
    const filter = "event.datetime: [now-1d .. now-1s]";
    const { text } = await qualysClient(mock).get("/ioc/events/count", { filter });
    const sum = Object.values<number>(counts).reduce((total, count) => total + count, 0);
    expect(sum).toBe(JSON.parse(text).count);
  });

  it.each<readonly [query: Readonly<Record<string, string | number>>, message: string]>([
    [{ fromDate: 10, toDate: 10 }, "Query/fromDate must be before toDate"],
    [{ fromDate: 4102444800 }, "Query/fromDate must be before toDate"],
    [{ bucketCount: 0 }, "Query/bucketCount must be >= 1"],
    [{ bucketCount: 1001 }, "Query/bucketCount must be <= 1000"],
    [{ fromDate: "now" }, "Query/fromDate must be integer"],
    [
      { filter: "datetime: x" },
      'Query/filter compares datetime with "x", which is not a date, a date-time with a zone, or now, at character 11',
    ],
    [{ filter: "(" }, "Query/filter must be made of terms such as field: value, at character 2"],
  ])("refuse %j", async (query, message) => {
    await using mock = await startMock({ clock: CLOCK });
    const ask = () => qualysClient(mock).get(PATH, query);
    expect(await refused(mock, ask)).toEqual(badRequest(message));
  });
});
