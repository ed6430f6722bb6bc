import { describe, expect, it } from "vitest";
import type { Exchange } from "../../../../src/core/journal/journal.ts";
import { incidentRules } from "../../../../src/vendors/cortex/rules/incidents.ts";
import { exchangeOf } from "../../../support/cortex-exchanges.ts";

const found = (...exchanges: Exchange[]): unknown[] =>
  incidentRules.flatMap(({ id, judge }) =>
    judge(exchanges.map((one, index) => ({ ...one, id: index + 1 }))).map((flaw) => [
      id,
      flaw.exchanges,
      flaw.what,
    ]),
  );

const filtered = (field: string, value: unknown, operation = "getIncidents"): Exchange =>
  exchangeOf(operation, { filters: [{ field, operator: "gte", value }] });

const listed = (from: number, rows: number, rest: object = {}): Exchange =>
  exchangeOf(
    "getIncidents",
    { search_from: from, search_to: from + 100, ...rest },
    { status: 200, body: { reply: { incidents: Array(rows).fill({}) } } },
  );

const updated = (update_data: unknown): Exchange =>
  exchangeOf("updateIncident", { incident_id: "1", update_data });

const read = (seconds: number): Exchange =>
  exchangeOf("getIncidentExtraData", { incident_id: "1" }, undefined, {
    at: new Date(1_769_860_800_000 + seconds * 1000).toISOString(),
  });

describe("a time", () => {
  it.each([
    filtered("creation_time", 1_769_860_800_000),
    filtered("creation_time", "now"),
    filtered("creation_time", 0),
    filtered("status", 1_769_860_800),
    filtered("creation_time", 1_769_860_800, "getAlerts"),
    exchangeOf("getIncidents", { filters: [null, 5] }),
    exchangeOf("getIncidents", { filters: "all" }),
  ])("is no finding in milliseconds, and where seconds are right: %#", (exchange) => {
    expect(found(exchange)).toEqual([]);
  });

  it.each([
    ["modification_time", "getIncidents"],
    ["last_seen", "getEndpoint"],
  ])("%s in seconds is one", (field, operation) => {
    expect(found(filtered(field, 1_769_860_800, operation))).toEqual([
      ["cortex.time.seconds", [1], `${field} is compared with 1769860800, in seconds`],
    ]);
  });
});

describe("the end of a list", () => {
  it.each<[string, Exchange[]]>([
    ["reading stops at it", [listed(0, 100), listed(100, 0)]],
    ["it is read again from the start", [listed(100, 0), listed(0, 0), listed(0, 1)]],
    ["another search goes on", [listed(100, 0), listed(200, 0, { filters: [] })]],
    [
      "the empty page was a fault's",
      [
        { ...listed(0, 0), fault: { rule: "r", kind: "html-page", effect: true } } as Exchange,
        listed(100, 0),
      ],
    ],
  ])("is no finding where %s", (_, exchanges) => {
    expect(found(...exchanges)).toEqual([]);
  });

  it("is one for each page behind an empty one", () => {
    const what = (from: number) =>
      `it asks for rows from ${from} on, although there were none from 100 on`;
    expect(found(listed(0, 100), listed(100, 0), listed(200, 0), listed(300, 0))).toEqual([
      ["cortex.paging.past-the-end", [2, 3], what(200)],
      ["cortex.paging.past-the-end", [2, 4], what(300)],
    ]);
  });
});

describe("a comment on a resolution", () => {
  it.each([
    { status: "RESOLVED_OTHER", resolve_comment: "x" },
    { resolve_comment: "x" },
    { status: "new" },
    null,
    "text",
  ])("is no finding with %j", (update) => {
    expect(found(updated(update))).toEqual([]);
  });

  it("is one with an open status", () => {
    expect(found(updated({ status: "new", resolve_comment: "x" }))).toEqual([
      ["cortex.incidents.resolve-comment", [1], 'it has a resolve_comment and the status "new"'],
    ]);
  });
});

describe("the details of incidents", () => {
  const ten = Array.from({ length: 10 }, (_, index) => read(index));

  it("are no finding ten times a minute", () => {
    expect(found(...ten, read(60))).toEqual([]);
  });

  it("are one at the eleventh time", () => {
    expect(found(...ten, read(59), read(60))).toEqual([
      ["cortex.incidents.extra-data-rate", [11], "it is call 11 in a minute"],
    ]);
  });
});
