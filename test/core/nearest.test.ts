import { describe, expect, it } from "vitest";
import { didYouMean } from "../../src/core/nearest.ts";

const NAMES = ["serve", "run", "check", "verify"];

describe("a mistyped word", () => {
  it.each([
    ["srve", "serve"],
    ["cehck", "check"],
    ["verfy", "verify"],
    ["runs", "run"],
  ])("%s gets the name that it is near to", (given, meant) => {
    expect(didYouMean(given, NAMES, "choose one")).toBe(`did you mean "${meant}"?`);
  });

  it.each(["start", "", "x", "toString", "serve".repeat(100_000)])(
    "that is near to none gets the other advice: %.20s",
    (given) => {
      expect(didYouMean(given, NAMES, "choose one")).toBe("choose one.");
    },
  );

  it("gets the other advice where there are no names", () => {
    expect(didYouMean("", [], "choose one")).toBe("choose one.");
  });
});
