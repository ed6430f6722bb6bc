import { expect, it, vi } from "vitest";
import { sizeCases } from "../../../../src/vendors/cortex/cases/sizes.ts";
import { describeCortexCases } from "../../../support/broken-cortex/describe.ts";

describeCortexCases(sizeCases());

const drawnWith = (seed: string | undefined): readonly (number | undefined)[] => {
  vi.stubEnv("FAUXDR_CASE_SEED", seed);
  try {
    return sizeCases().map(({ targets }) => targets?.length);
  } finally {
    vi.unstubAllEnvs();
  }
};

it("a seed draws the same sizes each time, and without one they are others each time", () => {
  expect(drawnWith("7")).toEqual(drawnWith("7"));
  expect(drawnWith("7")).not.toEqual(drawnWith("8"));
  const fresh = Array.from({ length: 5 }, () => drawnWith(undefined).join());
  expect(new Set(fresh).size).toBeGreaterThan(1);
});

it("a client may refuse more endpoints than one call takes, and no fewer", () => {
  for (const { targets = [], outcomes, control } of sizeCases()) {
    const isBeyond = targets.length > 1000;
    expect(outcomes.includes("refused")).toBe(isBeyond);
    // A client that refuses sends nothing, so something else has to show that it works.
    expect(control !== undefined).toBe(isBeyond);
  }
});
