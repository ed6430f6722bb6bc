import { expect, it } from "vitest";
import { isSame, keyOf, nextSame } from "../../../src/contract/rules/reading.ts";
import type { Exchange } from "../../../src/core/journal/journal.ts";
import { journal } from "../../support/journals.ts";

const [first, second] = journal({}, {}) as [Exchange, Exchange];
const changed = (request: Partial<Exchange["request"]>): Exchange => ({
  ...second,
  request: { ...second.request, ...request },
});
const cut = (sha256: string): Partial<Exchange["request"]> => ({
  body: { text: "", bytes: 9, cut: true, sha256 },
});

it("a request is the same at any time", () => {
  expect(isSame(first, second)).toBe(true);
  expect(keyOf(first)).toBe(keyOf(second));
});

it.each<[string, Exchange, Exchange]>([
  ["operation", first, { ...second, operation: "status" }],
  ["method", first, changed({ method: "PUT" })],
  ["address", first, changed({ url: "/acme/strike?x" })],
  ["body", first, changed({ body: { text: "[]", bytes: 2 } })],
  ["body, of which the journal has the hash alone", changed(cut("a")), changed(cut("b"))],
])("a request with another %s is another one", (_what, one, other) => {
  expect(isSame(one, other)).toBe(false);
  expect(keyOf(one)).not.toBe(keyOf(other));
});

it("knows for each request where the same one comes next", () => {
  const calls = journal({ body: "a" }, { body: "b" }, { body: "a" }, { body: "a" }, { body: "c" });
  expect(nextSame(calls)).toEqual([2, -1, 3, -1, -1]);
  expect(nextSame(calls)).toBe(nextSame(calls));
});
