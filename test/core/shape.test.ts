import { describe, expect, it } from "vitest";
import { LATEST } from "../../src/core/clock.ts";
import { misfit, type Shape } from "../../src/core/shape.ts";

const ROW: Shape = {
  members: {
    id: "text",
    at: "moment",
    count: "count",
    few: { upTo: 5 },
    on: "switch",
    kind: { oneOf: ["a", "b"] },
    names: { list: "text" },
  },
  optional: { more: { members: { id: "text" } } },
};
const GOOD = { id: "x", at: 0, count: 1, few: 5, on: true, kind: "a", names: ["n"] };

describe("a value", () => {
  it.each([GOOD, { ...GOOD, more: { id: "y" } }, { ...GOOD, unnamed: 1 }, { ...GOOD, names: [] }])(
    "%j is of the shape",
    (value) => {
      expect(misfit(value, ROW)).toBeUndefined();
    },
  );

  it.each<[unknown, string]>([
    [null, "/"],
    ["text", "/"],
    [[], "/"],
    [{}, "/id"],
    [{ ...GOOD, id: 1 }, "/id"],
    [{ ...GOOD, at: 0.5 }, "/at"],
    [{ ...GOOD, at: LATEST + 1 }, "/at"],
    [{ ...GOOD, count: -1 }, "/count"],
    [{ ...GOOD, count: 1e300 }, "/count"],
    [{ ...GOOD, few: 6 }, "/few"],
    [{ ...GOOD, on: "true" }, "/on"],
    [{ ...GOOD, kind: "c" }, "/kind"],
    [{ ...GOOD, names: "n" }, "/names"],
    [{ ...GOOD, names: ["n", 2] }, "/names/1"],
    [{ ...GOOD, more: {} }, "/more/id"],
    [{ ...GOOD, more: null }, "/more"],
    [Object.create({ id: "inherited" }), "/id"],
  ])("%j does not fit at %s", (value, place) => {
    expect(misfit(value, ROW)).toBe(place);
  });
});
