import { expect, it } from "vitest";
import { unaccounted } from "../../src/contract/accounted.ts";
import type { Contract } from "../../src/core/contract.ts";
import { acmeContract, faulted, journal, type Step } from "../support/journals.ts";

const contract: Contract = {
  ...acmeContract,
  aimOf: ({ operation, request }) =>
    operation === "strike" ? { subject: "", targets: JSON.parse(request.body.text) } : undefined,
};

const on = (...targets: string[]): Step => ({ body: JSON.stringify(targets) });

const found = (targets: string[] | undefined, ...steps: Step[]) =>
  unaccounted(targets ? { targets } : {}, contract, journal(...steps));

it.each<[string, Step[], string]>([
  ["dropped", [on("a", "b")], "of 3 targets in 1 calls, 1 is never named in a call: c"],
  [
    "doubled",
    [on("a", "b"), on("b", "c")],
    "of 3 targets in 2 calls, 1 is named more than once: b",
  ],
  [
    "twice in one call",
    [on("a", "b", "c", "c")],
    "of 3 targets in 1 calls, 1 is named more than once: c",
  ],
  [
    "a stranger",
    [on("a", "b", "c", "x")],
    "of 3 targets in 1 calls, 1 is named, but not part of the task: x",
  ],
  [
    "in a batch that was refused",
    [on("a"), { ...on("b", "c"), status: 500, refusal: { kind: "failure", reason: "" } }],
    "of 3 targets in 1 calls, 2 are never named in a call: b, c",
  ],
])("a target that is %s is named", (_, steps, text) => {
  expect(found(["a", "b", "c"], ...steps)).toEqual([text]);
});

it("names three of many", () => {
  const targets = ["a", "b", "c", "d", "e"];
  expect(found(targets, on("a"))).toEqual([
    "of 5 targets in 1 calls, 4 are never named in a call: b, c, d …",
  ]);
});

it.each<[string, Step[]]>([
  ["one call for all", [on("a", "b", "c")]],
  ["a call for each", [on("c"), on("a"), on("b")]],
  ["no call at all: the outcome tells of that", []],
  [
    "a call that was lost after its effect",
    [on("a"), { ...on("b", "c"), status: 0, fault: faulted("EMPTY_RESPONSE", true) }],
  ],
  [
    "a call that was busy, and came again",
    [{ ...on("a", "b", "c"), status: 503, fault: faulted("status") }, on("a", "b", "c")],
  ],
  ["other calls beside", [{ op: "status" }, on("a", "b", "c")]],
])("nothing is wrong with %s", (_, steps) => {
  expect(found(["a", "b", "c"], ...steps)).toEqual([]);
});

it("a case without targets, or a vendor without `aimOf`, requires nothing", () => {
  expect(found(undefined, on("a"))).toEqual([]);
  expect(unaccounted({ targets: ["b"] }, acmeContract, journal(on("a")))).toEqual([]);
});
