import { fc } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { atOnce } from "../../../src/core/in-turns.ts";
import { exactly } from "../../../src/core/json/exact.ts";
import { parseJson } from "../../../src/core/json/json.ts";
import { MAX_DEPTH } from "../../../src/core/json/json-fault.ts";
import { parsing, parsingExactly } from "../../../src/core/json/pieces.ts";
import { brokenTexts } from "../../support/broken-json.ts";

const SIZES = [1, 2, 3, 5, 9, 20, 1000];

/** Parses a text in pieces of several sizes, and expects what it is at once. */
function expectSame(text: string): void {
  const whole = parseJson(text);
  for (const size of SIZES) {
    const parsed = atOnce(parsing(text, size));
    expect([size, text, parsed]).toEqual([size, text, whole]);
    if ("value" in whole)
      expect(JSON.stringify((parsed as typeof whole).value)).toBe(JSON.stringify(whole.value));
  }
}

describe("a text that is parsed in pieces", () => {
  it.each([
    "[]",
    "{}",
    " [ ] ",
    "[[]]",
    '[[],{},[{}],{"a":[]}]',
    '{"a":{"b":{"c":[1,2,{"d":null}]}},"e":"f"}',
    '[ 1 , "a,]" , { "b\\"}" : [ true , false ] , "c" : -1.5e3 } , [ [ 2 ] , 3 ] ]\n',
    '{"2":1,"b":2,"1":3,"a":{"9":[],"8":{}}}',
    '{"__proto__":{"a":[1,2,3]},"constructor":[1],"b":{"__proto__":1}}',
    '{"":{"":[{"":""}]}}',
    '"a string"',
    "12",
    `${"[".repeat(MAX_DEPTH)}${"]".repeat(MAX_DEPTH)}`,
    `[${'{"a":[1,2]},'.repeat(50)}{"b":[{"c":[3,4,5]}]},6]`,
  ])("has the value that it has at once: %s", (text) => {
    expect(parseJson(text)).toHaveProperty("value");
    expectSame(text);
  });

  it.each([
    "",
    "[",
    "[1,2",
    "[1,2,",
    "[1,]",
    "[,1]",
    "[1,,2]",
    "[[1],]",
    "[[1]2]",
    "[[1] [2]]",
    "[1[2]]",
    "[1,2}",
    "[[1,2},3]",
    "[1],[2]",
    "[1] x",
    "[[1]",
    '{"a":1,}',
    '{"a"}',
    '{"a":}',
    '{"a":1[2]}',
    '{"a" [1]}',
    '{"a":[1] "b":2}',
    '{"a":[1],"b"}',
    "{[1]}",
    '{"a":1,[2]}',
    '{"a":1,2:[3]}',
    '{"a":{"b":1]}',
    '["a',
    '[["a\\"]',
    '{"a":"\\x"}',
    "\ufeff[1]",
    `{"a":[[1,2],${"[".repeat(MAX_DEPTH + 10)}`,
    `[{"a":1,"b":[3,4,${"[".repeat(MAX_DEPTH - 3)}{"c":${"[".repeat(9)}`,
    `${"[".repeat(MAX_DEPTH + 1)}${"]".repeat(MAX_DEPTH + 1)}`,
    `[1,2,3,x,${"[".repeat(MAX_DEPTH + 1)}`,
  ])("has the same first fault: %s", (text) => {
    expect(parseJson(text)).toHaveProperty("fault");
    expectSame(text);
  });

  it.each([
    '{"a":1,"b":2,"a":3}',
    '{"a":[1,2,3],"b":2,"a":{"c":4}}',
    '{"a":1,"b":{"c":1,"d":[2],"c":[3]},"a":2}',
    '{"__proto__":1,"__proto__":{"a":2}}',
    '{"a":1,"\\u0061":[2]}',
    '[{"a":1,"a":2},{"b":[1],"b":2},3]',
  ])("has the same fault and loose value if a member comes twice: %s", (text) => {
    expect(parseJson(text)).toHaveProperty("loose");
    expectSame(text);
  });

  it.each([
    '{"a":1,"a":2,"b":x}',
    '{"a":[1],"a":2',
    '{"a":1,"a":2}]',
    '{"a":1,"a":{"b":1,"b":01}}',
  ])("has no loose value if something else is wrong as well: %s", (text) => {
    expect(parseJson(text)).not.toHaveProperty("loose");
    expectSame(text);
  });

  it("is the same for many broken texts", () => {
    for (const text of brokenTexts) expectSame(text);
  });

  it("is the same for any text that is put together from scraps of JSON", () => {
    const scrap = fc.constantFrom(
      ..."[]{},: \n",
      '"a"',
      '"b"',
      "1",
      "-0.5e1",
      "true",
      "nul",
      '"\\',
      "[1,2]",
      '{"a":1}',
      '"a":[',
      '"b":{',
    );
    fc.assert(
      fc.property(fc.array(scrap, { maxLength: 14 }), (scraps) => expectSame(scraps.join(""))),
      { numRuns: 300 },
    );
  });

  it("is the same for any JSON, whole and with one character changed", () => {
    const change = fc.tuple(fc.nat(), fc.constantFrom(...'[]{},:"\\1 x'));
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), change, (text, [at, character]) => {
        expectSame(text);
        const place = at % (text.length + 1);
        expectSame(text.slice(0, place) + character + text.slice(place + 1));
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    "[9007199254740993]",
    '{"a":[1,{"b":12345678901234567890}],"c":"1234567890123456789"}',
    "[1,2,[3]]",
  ])("keeps every digit: %s", (text) => {
    const value = JSON.parse(text);
    for (const size of SIZES) {
      expect(atOnce(parsingExactly(text, value, size))).toEqual(exactly(text, value));
    }
  });

  it("is read in pieces, none of which is longer than its size and a value", () => {
    const text = JSON.stringify({
      a: Array.from({ length: 300 }, (_, at) => ({ [`k${at}`]: at })),
    });
    const pieces = [...parsing(text, 100)];
    expect(pieces.length).toBeGreaterThan(text.length / 200);
  });
});
