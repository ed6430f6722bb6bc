import { describe, expect, it } from "vitest";
import { parseExactly } from "../../../src/core/json/exact.ts";

describe("an integer", () => {
  it.each([
    ["9007199254740991", 9007199254740991],
    ["9007199254740992", 9007199254740992],
    ["9007199254740993", "9007199254740993"],
    ["9007199254740994", 9007199254740994],
    ["-9007199254740993", "-9007199254740993"],
    ["18446744073709551615", "18446744073709551615"],
    ["0", 0],
  ])("%s keeps its digits", (text, value) => {
    expect(parseExactly(text)).toBe(value);
    expect(parseExactly(`{"a":[${text}]}`)).toEqual({ a: [value] });
    expect(parseExactly(`{"a":${text}}`)).toEqual({ a: value });
    expect(parseExactly(` {"a" :\t${text}\n,"b":[ 1,${text} ]}`)).toEqual({
      a: value,
      b: [1, value],
    });
  });
});

it.each([
  '{"9007199254740993":"9007199254740993"}',
  '["a\\"9007199254740993\\\\",1]',
  "[1.0000000000000000001,9007199254740993e2,9007199254740993.5]",
  '{"a":"no digits at all"}',
])("other values are as JSON.parse returns them: %s", (text) => {
  expect(parseExactly(text)).toEqual(JSON.parse(text));
});

it("a string in front of an integer does not hide it", () => {
  expect(parseExactly('["\\\\",9007199254740993]')).toEqual(["\\", "9007199254740993"]);
});

it.each(["", "{", "9007199254740993,", '"9007199254740993'])(
  "refuses %j as JSON.parse does",
  (text) => {
    expect(() => parseExactly(text)).toThrow(SyntaxError);
  },
);

it("takes a text of a megabyte of strings in a moment", () => {
  const text = `[9007199254740993,${Array(50_000).fill('"\\"\\"\\"\\"\\""').join()}]`;
  expect((parseExactly(text) as unknown[])[0]).toBe("9007199254740993");
});
