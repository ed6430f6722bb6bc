import { expect, it } from "vitest";
import { assumedIn, counts, outcomeOf } from "../../src/contract/result.ts";
import type { Exchange } from "../../src/core/journal/journal.ts";
import { faulted, journal, type Step } from "../support/journals.ts";
import { finding } from "../support/results.ts";

it.each([
  ["must", "must", true],
  ["should", "must", false],
  ["should", "should", true],
  ["must", "info", true],
  ["info", "should", false],
] as const)("a %s counts where failures begin at %s: %s", (severity, failOn, isFailure) => {
  expect(counts(severity, failOn)).toBe(isFailure);
  const findings = [finding({ severity: "info" }), finding({ severity })];
  expect(outcomeOf(findings, failOn)).toBe(isFailure ? "fail" : "pass");
});

it("passes without a finding", () => {
  expect(outcomeOf([], "info")).toBe("pass");
});

const assumed = (step: Step, operation?: string): Exchange => {
  const [exchange] = journal(step) as [Exchange];
  const { operation: own, reply, ...rest } = exchange;
  const name = operation === "none" ? undefined : own;
  return {
    ...rest,
    ...(name !== undefined && { operation: name }),
    ...(reply && { reply: { ...reply, basis: "assumed" } }),
  };
};

it("lists the assumed replies, each once, in order", () => {
  const replies = [
    assumed({ op: "strike" }),
    assumed({ op: "poll", status: 404 }),
    assumed({ op: "strike" }),
    assumed({}, "none"),
  ];
  expect(assumedIn(replies)).toEqual([
    { vendor: "acme", operation: "(unmatched)", status: 200, cause: "ok" },
    { vendor: "acme", operation: "poll", status: 404, cause: "failure" },
    { vendor: "acme", operation: "strike", status: 200, cause: "ok" },
  ]);
});

it("lists no reply of a fault, of no vendor, or with another basis", () => {
  const { vendor: _, ...foreign } = assumed({});
  const given = [...journal({}, { status: 0 }), assumed({ fault: faulted("status") }), foreign];
  expect(assumedIn(given)).toEqual([]);
});
