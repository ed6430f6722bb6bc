import { describe, expect, it } from "vitest";
import { type Fields, parseFilter } from "../../../src/vendors/qualys/filter.ts";

interface Row {
  readonly name: string;
  readonly type: string;
  readonly at: number;
  readonly score: string;
}

const FIELDS: Fields<Row> = {
  "row.name": ({ name }) => name,
  "row.at": ({ at }) => at,
  "row.score": ({ score }) => score,
  type: ({ type }) => type,
};

const DAY = 86_400_000;
const row = (name: string, type: string, day: number, score: string): Row => ({
  name,
  type,
  at: Date.UTC(2025, 10, 1) + day * DAY,
  score,
});

const ROWS = [
  row("a", "FILE", 0, "3"),
  row("b c", "FILE", 1, "10"),
  row("d", "PROCESS", 2, "3"),
  row("and", "PROCESS", 3, "8"),
  row("", "NETWORK", 4, "0"),
];
const ALL = ROWS.map(({ name }) => name);

const kept = (filter: string | undefined): string[] =>
  ROWS.filter(parseFilter(filter, FIELDS)).map(({ name }) => name);

describe("a filter", () => {
  it.each<readonly [filter: string | undefined, names: readonly string[]]>([
    [undefined, ALL],
    ["", ALL],
    ["  \t", ALL],
    ["type: FILE", ["a", "b c"]],
    ["type:FILE", ["a", "b c"]],
    [" type\t:\n FILE ", ["a", "b c"]],
    ["type: 'file'", ["a", "b c"]],
    ['TYPE: "File"', ["a", "b c"]],
    ["Row.Name: A", ["a"]],
    ["row.name: 'b c'", ["b c"]],
    ["row.name: and", ["and"]],
    ["row.name: ''", [""]],
    ["row.name: x", []],
    ["row.score: 3", ["a", "d"]],
    ["row.score: [3..8]", ["a", "d", "and"]],
    ["row.score: ['3' .. '8']", ["a", "d", "and"]],
    ["row.score: [8..3]", []],
    ["row.at: [2025-11-01T00:00:00Z..2025-11-02T00:00:00Z]", ["a", "b c"]],
    ['row.at: ["2025-11-01T00:00:00.001Z".."2025-11-02T00:00:00.000Z"]', ["b c"]],
    ["row.at: [2025-11-02T01:00:00+01:00..2025-11-02T00:00:00Z]", ["b c"]],
    ["row.at: 2025-11-02T00:00:00Z", ["b c"]],
    ['row.at: "2025-11-02T01:00:00.000+01:00"', ["b c"]],
    ["row.at: 2025-11-02T00:00:00.001Z", []],
  ])("%j keeps what fits", (filter, names) => {
    expect(kept(filter)).toEqual(names);
  });

  it.each<readonly [filter: string, names: readonly string[]]>([
    ["type: FILE AND row.score: 3", ["a"]],
    ["type: FILE and row.score: 3", ["a"]],
    ["type: FILE OR row.score: 3", ["a", "b c", "d"]],
    ["type: FILE or type: NETWORK Or row.name: d", ["a", "b c", "d", ""]],
    ["row.name: d OR type: FILE AND row.score: 3", ["a", "d"]],
    ["type: FILE AND row.score: 3 OR row.name: d", ["a", "d"]],
    ["(row.name: d OR type: FILE) AND row.score: 3", ["a", "d"]],
    ["(row.name: and OR type: FILE) AND row.score: 3", ["a"]],
    ["((type: FILE))AND(row.score: 3)", ["a"]],
    ["type: FILE AND type: PROCESS", []],
    [`${"(".repeat(64)}type: FILE${")".repeat(64)}`, ["a", "b c"]],
    [Array(500).fill("(type: FILE)").join(" AND "), ["a", "b c"]],
  ])("%j binds AND closer than OR, and parentheses closest", (filter, names) => {
    expect(kept(filter)).toEqual(names);
  });
});
