import { describe, expect, it } from "vitest";
import type { ClientOutcome } from "../../src/core/contract.ts";
import { OUTCOMES } from "../../src/core/contract.ts";
import { cases } from "../../src/testing/cases.ts";
import { vendors } from "../../src/vendors/index.ts";
import { eachThird } from "../support/programs.ts";

/** The cases that a client passes if it only reports an outcome and sends nothing. */
async function passedBy(vendor: string, outcome: ClientOutcome): Promise<string[]> {
  const passed: string[] = [];
  for (const one of cases({ vendor })) {
    const went = await one
      .run(async () => ({ outcome, status: 400 }))
      .then(
        (result) => result.outcome === "pass",
        () => false,
      );
    if (went) passed.push(one.name);
  }
  return passed;
}

describe.each(vendors)("a client of $name that sends nothing", ({ name }) => {
  it.for(OUTCOMES)("passes no case, whatever it says: %s", async (outcome, { skip }) => {
    skip(...eachThird(OUTCOMES.indexOf(outcome), "all cases with every outcome"));
    expect(await passedBy(name, outcome)).toEqual([]);
  });
});
