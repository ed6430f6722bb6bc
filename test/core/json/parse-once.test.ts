import { expect, it } from "vitest";
import {
  isLarge,
  lastParseOf,
  parseBody,
  parseInTurns,
} from "../../../src/core/json/parse-once.ts";

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

it.each([
  ["valid", (many: string) => `[${many}1]`],
  ["with two equal members", (many: string) => `{"a":[${many}1],"a":2}`],
  ["without an end", (many: string) => `[${many}1`],
  ["nested too deep", (many: string) => `${"[".repeat(70)}${many}`],
])("a large body that is %s is parsed in turns as it is at once", async (_, make) => {
  const body = Buffer.from(make("1,".repeat(40_000)));
  const atOnce = lastParseOf(body);
  await parseInTurns(body);
  const known = lastParseOf(body);
  expect([isLarge(body), known]).toEqual([true, atOnce]);
  expect(lastParseOf(body)).toBe(known);
});

it("a small body is not kept for others", async () => {
  const body = Buffer.from("[1]");
  await parseInTurns(body);
  expect(lastParseOf(body)).not.toBe(lastParseOf(body));
});
