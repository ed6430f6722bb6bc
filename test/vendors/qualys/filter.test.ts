import { describe, expect, it } from "vitest";
import { type Fields, parseFilter } from "../../../src/vendors/qualys/filter.ts";

interface Row {
  readonly name: string;
  readonly type: string;
  readonly at: number;
  readonly score: string;
}

const FIELDS: Fields<Row> = {
  "row.name": { kind: "text", read: ({ name }) => name },
  "row.at": { kind: "moment", read: ({ at }) => at },
  "row.score": { kind: "number", read: ({ score }) => score },
  type: { kind: "keyword", read: ({ type }) => type },
};

const DAY = 86_400_000;
/** One day after the last row. */
const NOW = Date.UTC(2025, 10, 6);
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
  ROWS.filter(parseFilter(filter, FIELDS, NOW) ?? Boolean).map(({ name }) => name);

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
    ["row.name: 'and'", ["and"]],
    ["row.name: `b c`", ["b c"]],
    ["row.name: `b`", []],
    ["row.name: b", ["b c"]],
    ["row.name: c b", ["b c"]],
    ["row.name: 'c b'", []],
    ["row.name: *c", ["b c"]],
    ["row.name: an*", ["and"]],
    ["row.name: 'a*'", ["a", "and"]],
    ["row.name: 'an'", ["and"]],
    ["row.name: an", []],
    ["row.name: *", ["a", "b c", "d", "and"]],
    ["row.name is null", [""]],
    ["row.name IS NULL", [""]],
    ["type: [FILE, `network`]", ["a", "b c", ""]],
    ["type: PRO*", ["d", "and"]],
    ["type: PRO", []],
    ["not type: FILE", ["d", "and", ""]],
    ["NOT not type: FILE", ["a", "b c"]],
    ["not (type: FILE or row.name: d)", ["and", ""]],
    ["not type: FILE and row.score: 3", ["d"]],
    ["row.score >= 8", ["b c", "and"]],
    ["row.score>8", ["b c"]],
    ["row.score <3", [""]],
    ["row.score<=3", ["a", "d", ""]],
    ["row.score = 3", ["a", "d"]],
    ["row.score: (3 .. 10)", ["and"]],
    ["row.score: [3, 10]", ["a", "b c", "d"]],
    ["row.at: 2025-11-02", ["b c"]],
    ["row.at >= '2025-11-04'", ["and", ""]],
    ["row.at > 2025-11-04", [""]],
    ["row.at: [now-2d .. now]", ["and", ""]],
    ['row.at: ["now-48h" ... "now"]', ["and", ""]],
    ["row.at < now-1w", []],
    ["row.at < now-4d", ["a"]],
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
    ["(row.name: 'and' OR type: FILE) AND row.score: 3", ["a"]],
    ["((type: FILE))AND(row.score: 3)", ["a"]],
    ["type: FILE AND type: PROCESS", []],
    [`${"(".repeat(64)}type: FILE${")".repeat(64)}`, ["a", "b c"]],
    [Array(500).fill("(type: FILE)").join(" AND "), ["a", "b c"]],
  ])("%j binds AND closer than OR, and parentheses closest", (filter, names) => {
    expect(kept(filter)).toEqual(names);
  });
});

describe("a text", () => {
  const PATH = "C:\\Users\\User01\\Downloads\\Malware\\Kit\\run_7.exe";
  const fields: Fields<{ text: string }> = { text: { kind: "text", read: ({ text }) => text } };
  const fits = (text: string, filter: string): boolean =>
    parseFilter(filter, fields, 0)?.({ text }) ?? true;

  it.each<readonly [text: string, value: string, fits: boolean]>([
    [PATH, '"C:\\Users\\User01\\Downloads\\Malware"', true],
    [PATH, '"C:\\Users\\Users\\Downloads\\Malware"', false],
    [PATH, '"Downloads\\Mal"', true],
    [PATH, '"Down\\Malware"', false],
    [PATH, "C:\\Users\\User01", true],
    [PATH, "`C:\\Users\\User01`", false],
    [PATH, `\`${PATH.toUpperCase()}\``, true],
    [PATH, "C:\\Users\\*\\run*.exe", true],
    [PATH, "D:*", false],
    ["host.corp.example", '"host"', true],
    ["host.corp.example", '"host.corp"', true],
    ["host.corp.example", '"corp"', false],
    ["102354.acme", '"acme"', true],
    ["host 10.0.0.1", "10.0.0.1", true],
    ["host 10.0.0.1", "'0.0.1'", false],
    ['say "hi"', '"say \\"hi\\""', true],
    ["it's", "'it\\'s'", true],
    ["a-b", "'-'", false],
  ])("%j has %s in it: %s", (text, value, expected) => {
    expect(fits(text, `text: ${value}`)).toBe(expected);
  });
});
