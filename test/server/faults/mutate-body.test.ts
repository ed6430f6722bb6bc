import { describe, expect, it } from "vitest";
import { KitError } from "../../../src/core/errors.ts";
import {
  withDriftedTypes,
  withExtraFields,
  withUnknownEnum,
} from "../../../src/server/faults/mutate-body.ts";

const UNHEARD_OF = "FAUXDR_UNHEARD_OF";
const WORD = { type: "string", enum: ["GOOD", "BAD"] };

/** No mutation changes its input. */
function unchanged<Value>(value: Value, change: (value: Value) => unknown): unknown {
  const before = structuredClone(value);
  const after = change(value);
  expect(value).toEqual(before);
  return after;
}

describe("a value that no enumeration has", () => {
  const properties = { n: { type: "integer", enum: [1] }, state: WORD, other: WORD };

  it.each<[string, unknown, object, unknown]>([
    ["a value", "GOOD", WORD, UNHEARD_OF],
    [
      "the first member in the order of the reply",
      { n: 1, other: "BAD", state: "GOOD" },
      { properties },
      { n: 1, other: UNHEARD_OF, state: "GOOD" },
    ],
    [
      "an element of an array",
      [{ n: 1 }, { state: "GOOD" }],
      { items: { properties } },
      [{ n: 1 }, { state: UNHEARD_OF }],
    ],
    [
      "a member under any name",
      { reply: { a1: "GOOD", a2: "BAD" } },
      { properties: { reply: { additionalProperties: WORD } } },
      { reply: { a1: UNHEARD_OF, a2: "BAD" } },
    ],
    [
      "a choice",
      { state: "GOOD" },
      { oneOf: [{ type: "array" }, { properties }] },
      { state: UNHEARD_OF },
    ],
    [
      "a part",
      { state: "GOOD" },
      { allOf: [{}, { anyOf: [{ properties }] }] },
      { state: UNHEARD_OF },
    ],
  ])("comes in the place of %s", (_where, value, schema, drifted) => {
    expect(unchanged(value, (one) => withUnknownEnum(one, schema))).toEqual(drifted);
  });

  it.each<[string, unknown, string, unknown]>([
    ["a member", { a: { b: "x" } }, "/a/b", { a: { b: UNHEARD_OF } }],
    ["an element", { a: [1, { b: 2 }] }, "/a/1", { a: [1, UNHEARD_OF] }],
    ["an element's member", { a: [1, { b: 2 }] }, "/a/1/b", { a: [1, { b: UNHEARD_OF }] }],
    ["a name with a slash and a tilde", { "a/b~c": 1 }, "/a~1b~0c", { "a/b~c": UNHEARD_OF }],
  ])("comes where it is told: %s", (_what, value, at, drifted) => {
    expect(unchanged(value, (one) => withUnknownEnum(one, undefined, at))).toEqual(drifted);
  });

  it.each<[unknown, unknown]>([
    [{ state: "GOOD" }, undefined],
    [{ state: "GOOD" }, {}],
    [{ state: 1 }, { properties: { state: WORD } }],
    [{ toString: "x" }, { properties: {} }],
    [[], { items: WORD }],
    ["text", { enum: "text" }],
    [undefined, WORD],
  ])("is refused where the reply has none: %j by %j", (value, schema) => {
    expect(() => withUnknownEnum(value, schema)).toThrow(
      new KitError(
        'The fault unknown-enum found no enumerated value in this reply: name one with "at".',
      ),
    );
  });
});

describe("one field more", () => {
  const fauxdr_extra = { unheard: ["of"] };

  it("is in every object, and nothing else changes", () => {
    const value = { a: 1, b: [{ c: null }, "x", []], d: {} };
    expect(unchanged(value, withExtraFields)).toEqual({
      a: 1,
      b: [{ c: null, fauxdr_extra }, "x", []],
      d: { fauxdr_extra },
      fauxdr_extra,
    });
  });

  it.each([1, "text", null, true, undefined, []])(
    "is refused where it finds no object: %j",
    (value) => {
      expect(() => withExtraFields(value)).toThrow(
        new KitError("The fault extra-fields found no object in this reply."),
      );
    },
  );
});

describe("types that drift", () => {
  it.each<[unknown, unknown]>([
    [1, "1"],
    ["1", 1],
    [
      { a: 1.5, b: "-7", c: ["0", { d: 0 }] },
      { a: "1.5", b: -7, c: [0, { d: "0" }] },
    ],
    [
      { a: 1, b: "007", c: "1e3", d: "", e: " 1", f: true, g: null },
      { a: "1", b: "007", c: "1e3", d: "", e: " 1", f: true, g: null },
    ],
    ["123456789012345", 123_456_789_012_345],
  ])("%j becomes %j", (value, drifted) => {
    expect(unchanged(value, (one) => withDriftedTypes(one))).toEqual(drifted);
  });

  it("mutate only the chosen value, and all of it", () => {
    const value = { a: 1, b: { c: [2, "3"] } };
    expect(unchanged(value, (one) => withDriftedTypes(one, "/b"))).toEqual({
      a: 1,
      b: { c: ["2", 3] },
    });
    expect(withDriftedTypes(value, "/b/c/0")).toEqual({ a: 1, b: { c: ["2", "3"] } });
  });

  it.each<[unknown, string | undefined]>([
    [{ a: "x", b: [true, null] }, undefined],
    [{ a: 1, b: "x" }, "/b"],
    ["1234567890123456", undefined],
    [undefined, undefined],
  ])("are refused where there are none: %j at %j", (value, at) => {
    expect(() => withDriftedTypes(value, at)).toThrow(
      new KitError(
        "The fault type-drift found neither a number nor a string of digits in this reply.",
      ),
    );
  });
});

describe.each([
  ["unknown-enum", (value: unknown, at: string) => withUnknownEnum(value, {}, at)],
  ["type-drift", (value: unknown, at: string) => withDriftedTypes(value, at)],
])("%s", (_kind, drift) => {
  it.each(["/b", "/a/c", "/a/0/x", "/a/2", "/a/-1", "/a/length", "/toString", "/", "/a/0/"])(
    "is refused at a place that the reply has not: %s",
    (at) => {
      expect(() => drift({ a: [1, 2] }, at)).toThrow(KitError);
      expect(() => drift(undefined, at)).toThrow(at);
    },
  );
});
