import { expect, it } from "vitest";
import { doubled } from "../../../src/contract/rules/doubled.ts";
import type { Contract } from "../../../src/core/contract.ts";
import { acmeContract, faulted, journal, type Step } from "../../support/journals.ts";

/** The body is the list of targets; the URL's end says what for. */
const contract: Contract = {
  ...acmeContract,
  aimOf: ({ operation, request }) =>
    operation === "strike"
      ? { subject: request.url, targets: JSON.parse(request.body.text) }
      : undefined,
};

const on = (...targets: string[]): Step => ({ body: JSON.stringify(targets) });

const found = (...steps: Step[]) =>
  doubled(contract)
    .judge(journal(...steps))
    .map(({ exchanges }) => exchanges);

it("a target in two batches is a finding, which names it", () => {
  expect(doubled(contract).judge(journal(on("a", "b"), on("b", "c")))).toEqual([
    {
      exchanges: [1, 2],
      what: "strike names 1 of 2 targets that an earlier call has named: b",
    },
  ]);
});

it("so is one in the first and the third batch, and the second shows nothing", () => {
  expect(found(on("a"), on("b"), on("a", "c"))).toEqual([[1, 3]]);
});

it("names each call that named one of its targets first, once", () => {
  const flaws = found(on("a", "b"), on("c"), on("x"), on("a", "b", "c"), on("a", "x"));
  expect(flaws).toEqual([
    [1, 2, 4],
    [1, 3, 5],
  ]);
});

it("names three of many", () => {
  const [flaw] = doubled(contract).judge(
    journal(on("a", "b", "c", "d"), on("a", "b", "c", "d", "e")),
  );
  expect(flaw?.what).toMatch(/names 4 of 5 .*: a, b, c$/);
});

it.each<[string, Step[]]>([
  ["batches that do not overlap", [on("a", "b"), on("c")]],
  ["the very same call, which is another rule's", [on("a"), on("a")]],
  ["another subject in between", [on("a", "b"), { ...on("a"), url: "/free" }, on("b", "c")]],
  ["a batch that was refused", [{ ...on("a", "b"), status: 500 }, on("b", "c")]],
  [
    "a batch that a fault kept from its effect",
    [{ ...on("a", "b"), status: 503, fault: faulted("status") }, on("b")],
  ],
  ["calls that are about no targets", [{ op: "status" }, { op: "status", body: "[1]" }]],
])("nothing is wrong with %s", (_, steps) => {
  expect(found(...steps)).toEqual([]);
});

it("a batch whose reply was lost after its effect counts", () => {
  const lost: Step = { ...on("a", "b"), status: 0, fault: faulted("EMPTY_RESPONSE", true) };
  expect(found(lost, on("b", "c"))).toEqual([[1, 2]]);
});

it("finds nothing for a vendor without `aimOf`", () => {
  expect(doubled(acmeContract).judge(journal(on("a"), on("a", "b")))).toEqual([]);
});
