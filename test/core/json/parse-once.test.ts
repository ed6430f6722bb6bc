import { expect, it } from "vitest";
import { lastParseOf, parseBody } from "../../../src/core/json/parse-once.ts";

it("a body is parsed once, for all callers", () => {
  const body = Buffer.from('{"a":[1]}');
  const first = parseBody(body);
  expect(first).toEqual({ text: '{"a":[1]}', parsed: { value: { a: [1] } } });
  expect(parseBody(body)).toBe(first);
  expect(lastParseOf(body)).toBe(first.parsed);
});

it("two bodies of the same bytes are two", () => {
  expect(parseBody(Buffer.from("{}"))).not.toBe(parseBody(Buffer.from("{}")));
});

it("a single caller gets it too, and the fault of an invalid one", () => {
  expect(lastParseOf(Buffer.from("[1]"))).toEqual({ value: [1] });
  expect(lastParseOf(Buffer.from("[1"))).toMatchObject({ fault: { line: 1 } });
});
