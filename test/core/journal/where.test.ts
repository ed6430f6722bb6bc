import { describe, expect, it } from "vitest";
import { KitError } from "../../../src/core/errors.ts";
import {
  type Condition,
  differences,
  readWhere,
  type Subject,
} from "../../../src/core/journal/where.ts";

const BODY = {
  request_data: {
    filters: [{ field: "endpoint_id_list", value: ["a", "b"] }],
    file_hash: "c0ffee",
    count: 3,
    nothing: null,
    on: false,
    "a/b": { "c~d": 1 },
  },
};

const subject = (change: Partial<Subject> = {}): Subject => ({
  url: "/path?limit=5&tag=x&tag=y&empty=",
  headers: { "content-type": "application/json", "x-number": "7", "x-gone": undefined },
  body: JSON.stringify(BODY),
  ...change,
});

const holds = (place: string, condition: Condition, of = subject()): boolean =>
  differences({ [place]: condition }, of).length === 0;

describe("a condition", () => {
  it.each<[string, Condition, Condition]>([
    ["/request_data/file_hash", "c0ffee", "C0FFEE"],
    ["/request_data/count", 3, "3"],
    ["/request_data/nothing", null, false],
    ["/request_data/on", false, null],
    ["/request_data/filters/0/field", { equals: "endpoint_id_list" }, { equals: "endpoint" }],
    ["/request_data/filters/0/value", { equals: ["a", "b"] }, { equals: ["b", "a"] }],
    ["/request_data/filters/0/value", { equals: ["a", "b"] }, { equals: ["a", "b", "c"] }],
    [
      "/request_data/filters/0",
      { equals: { value: ["a", "b"], field: "endpoint_id_list" } },
      { equals: { value: ["a", "b"] } },
    ],
    ["/request_data/file_hash", { contains: "ff" }, { contains: "fe0" }],
    ["/request_data/filters/0/value", { contains: "b" }, { contains: "c" }],
    [
      "/request_data/filters",
      { contains: { field: "endpoint_id_list", value: ["a", "b"] } },
      { contains: "endpoint_id_list" },
    ],
    ["/request_data/count", { oneOf: [1, 3] }, { contains: 3 }],
    ["/request_data/count", { oneOf: [3] }, { oneOf: [] }],
    ["/request_data/nothing", { exists: true }, { exists: false }],
    ["/request_data/missing", { exists: false }, { exists: true }],
    ["/request_data/file_hash", { length: 6 }, { length: 5 }],
    ["/request_data/filters/0/value", { length: 2 }, { length: 0 }],
    ["/request_data/count", { equals: 3 }, { length: 1 }],
    ["/request_data/a~1b/c~0d", 1, 2],
    ["/request_data/filters/*/value/*", "b", "c"],
    ["/request_data/filters/*/missing", { exists: false }, { exists: true }],
    ["/request_data/*/0/field", "endpoint_id_list", "endpoint"],
    ["/request_data/filters/0/value", ["a", "b"], ["a", "c"]],
    ["/request_data/filters/0/value", ["a", "b"], { equals: { 0: "a", 1: "b" } }],
    ["/request_data/a~1b", { equals: { "c~d": 1 } }, { equals: { "c~d": 2 } }],
    ["/request_data/a~1b", { equals: { "c~d": 1 } }, { equals: { "c~d": 1, e: 2 } }],
    ["/request_data/a~1b", { equals: { "c~d": 1 } }, { equals: { d: 1 } }],
    ["/request_data/a~1b", { equals: { "c~d": 1 } }, "c~d"],
    ["/request_data/file_hash", "c0ffee", { equals: { "c~d": 1 } }],
    ["/", { equals: BODY }, { equals: BODY.request_data }],
    ["query/limit", "5", 5],
    ["query/tag", "y", "z"],
    ["query/empty", "", { exists: false }],
    ["query/none", { exists: false }, { exists: true }],
    ["header/X-Number", "7", 7],
    ["header/x-gone", { exists: false }, { exists: true }],
  ])("on %s: %j holds, %j does not", (place, right, wrong) => {
    expect(holds(place, right)).toBe(true);
    expect(holds(place, wrong)).toBe(false);
  });

  it.each(["toString", "constructor", "__proto__", "length"])(
    "finds no inherited member: %s",
    (name) => {
      expect(holds(`/request_data/${name}`, { exists: false })).toBe(true);
      expect(holds(`/request_data/filters/${name}`, { exists: false })).toBe(true);
    },
  );

  it("looks into a form as an object of texts", () => {
    const form = {
      headers: { "content-type": "application/x-www-form-urlencoded; charset=utf-8" },
      body: "username=jane+d&n=1",
    };
    expect(holds("/username", "jane d", subject(form))).toBe(true);
    expect(holds("/n", "1", subject(form))).toBe(true);
    expect(holds("/n", 1, subject(form))).toBe(false);
  });

  it.each(["", "{", "no JSON", "\u0000"])("finds nothing in a body that is none: %j", (body) => {
    for (const place of ["/", "/a", "/*"]) {
      expect(holds(place, { exists: false }, subject({ body })), place).toBe(true);
    }
  });

  it("finds no query in an address without one, and the path's question mark counts once", () => {
    for (const place of ["query/a", "query//a"]) {
      expect(holds(place, { exists: false }, subject({ url: "/a=1" })), place).toBe(true);
    }
    expect(holds("query/a", "b?c", subject({ url: "/?a=b?c" }))).toBe(true);
  });
});

describe("a difference", () => {
  it.each<[string, Condition, string, string]>([
    ["/request_data/count", 4, "4", "3"],
    ["/request_data/count", { oneOf: [4, "x"] }, 'one of 4, "x"', "3"],
    ["/request_data/file_hash", { contains: "zz" }, 'something with "zz" in it', '"c0ffee"'],
    ["/request_data/missing", { exists: true }, "anything", "nothing"],
    ["/request_data/count", { exists: false }, "nothing", "3"],
    ["/request_data/file_hash", { length: 64 }, "64 long", '"c0ffee"'],
    ["query/tag", "z", '"z"', '"x" and "y"'],
    ["/none", "a", '"a"', "nothing"],
  ])("on %s of %j says %s, was %s", (where, condition, expected, actual) => {
    expect(differences({ [where]: condition }, subject())).toEqual([{ where, expected, actual }]);
  });

  it("is there for every condition that does not hold, in their order", () => {
    const where = { "query/limit": "6", "/request_data/count": 3, "header/x-number": "8" };
    expect(differences(where, subject()).map((one) => one.where)).toEqual([
      "query/limit",
      "header/x-number",
    ]);
  });

  it("shows no more than the beginning of a long value", () => {
    const [one] = differences({ "/": "x" }, subject({ body: JSON.stringify("y".repeat(5000)) }));
    expect(one?.actual).toBe(`"${"y".repeat(119)}…`);
    const [whole] = differences({ "/": "x" }, subject({ body: JSON.stringify("y".repeat(118)) }));
    expect(whole?.actual).toBe(`"${"y".repeat(118)}"`);
  });

  it("no conditions make none", () => {
    expect(differences({}, subject())).toEqual([]);
  });
});

describe("conditions from outside", () => {
  it.each([
    [{}],
    [{ "/a": 1, "query/b": { exists: true }, "header/c": { oneOf: [] } }],
    [{ "/a": { equals: null }, "/b": { contains: "x" }, "/c": { length: 0 } }],
  ])("%j are well-formed", (where) => {
    expect(readWhere(where, "it")).toBe(where);
  });

  const noPlace = (place: string): string =>
    `"${place}" in it is not a place: use /a/pointer into the body, query/name or header/name.`;
  const noTest =
    '"/a" in it must be a value or an object with one of equals, contains, oneOf, exists, length.';

  it.each<[unknown, string]>([
    [undefined, "it must be an object of conditions by place."],
    [null, "it must be an object of conditions by place."],
    ["/a", "it must be an object of conditions by place."],
    [["/a"], "it must be an object of conditions by place."],
    [{ a: 1 }, noPlace("a")],
    [{ "": 1 }, noPlace("")],
    [{ "query/": 1 }, noPlace("query/")],
    [{ header: 1 }, noPlace("header")],
    [{ "body/a": 1 }, noPlace("body/a")],
    [{ "/a": {} }, noTest],
    [{ "/a": { equal: 1 } }, noTest],
    [{ "/a": { toString: 1 } }, noTest],
    [{ "/a": { matches: "(a+)+$" } }, noTest],
    [{ "/a": { equals: 1, exists: true } }, noTest],
    [{ "/a": { oneOf: "a" } }, '"oneOf" of "/a" in it must be an array of values.'],
    [{ "/a": { exists: "yes" } }, '"exists" of "/a" in it must be true or false.'],
    [{ "/a": { length: -1 } }, '"length" of "/a" in it must be a whole number.'],
    [{ "/a": { length: 1.5 } }, '"length" of "/a" in it must be a whole number.'],
    [{ "/a": 1, "/b": { length: "2" } }, '"length" of "/b" in it must be a whole number.'],
  ])("%j are refused", (where, sentence) => {
    expect(() => readWhere(where, "it")).toThrow(new KitError(sentence));
  });
});

describe("a body that nests deep", () => {
  const deep = (levels: number): string => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;

  it.each([65, 30_000])("%i levels: has no places in it, and does not throw", (levels) => {
    const subject = { url: "/", headers: {}, body: deep(levels) };
    expect(differences({ "/a": { exists: true } }, subject)).toHaveLength(1);
  });

  it("as deep as a request may be is looked into", () => {
    const subject = { url: "/", headers: {}, body: deep(64) };
    expect(differences({ "/a/a/a": { exists: true } }, subject)).toEqual([]);
  });
});

it("a subject is parsed once, for all conditions", () => {
  let reads = 0;
  const subject = {
    url: "/",
    headers: {},
    get body() {
      reads++;
      return '{"a":1}';
    },
  };
  for (let rule = 0; rule < 20; rule++) differences({ "/a": 2 }, subject);
  expect(reads).toBe(1);
});
