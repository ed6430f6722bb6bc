import { describe, expect, it } from "vitest";
import { FAULTS, type Fault } from "../../../src/core/faults/fault.ts";
import { readFaultRule } from "../../../src/core/faults/read-fault.ts";
import { allTogether, onlyNeeded } from "../../support/faults.ts";

const kinds = Object.keys(FAULTS) as Fault["kind"][];

describe.each(kinds)("the fault %s", (kind) => {
  const { description, effect, needs = [], takes = [] } = FAULTS[kind];

  it("says in a line what the client sees", () => {
    expect(description).toMatch(/^[a-z][^\n]{9,119}[^.\n]$/);
  });

  it("takes effect only where it does not always", () => {
    expect([...needs, ...takes].includes("effect")).toBe(effect !== "always");
  });

  it("names nothing twice", () => {
    expect(new Set([...needs, ...takes]).size).toBe(needs.length + takes.length);
  });

  it("is a rule with what it needs, and with all that it takes", () => {
    for (const fault of [onlyNeeded(kind), allTogether(kind)]) {
      expect(readFaultRule({ fault })).toEqual({ fault });
    }
  });
});

it.each(["unknown-enum", "type-drift"] as const)("the fault %s may be at one place", (kind) => {
  const fault = { kind, at: "/reply/status" };
  expect(readFaultRule({ fault })).toEqual({ fault });
});

it("a delay needs its time", () => {
  expect(() => readFaultRule({ fault: { kind: "delay" } })).toThrow(/needs "delayMs"/);
});

it("the four of the socket have the names that they have elsewhere", () => {
  expect(kinds.filter((kind) => kind === kind.toUpperCase())).toEqual([
    "CONNECTION_RESET_BY_PEER",
    "EMPTY_RESPONSE",
    "MALFORMED_RESPONSE_CHUNK",
    "RANDOM_DATA_THEN_CLOSE",
  ]);
});
