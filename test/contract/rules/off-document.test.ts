import { expect, it } from "vitest";
import { offDocument } from "../../../src/contract/rules/off-document.ts";
import { offSpec } from "../../../src/contract/rules/off-spec.ts";
import type { Problem, Refusal } from "../../../src/core/errors.ts";
import { journal } from "../../support/journals.ts";

const problem: Problem = { where: "/a", what: "is required", basis: "yours", source: "also.yaml" };
const judged = (refusal: Refusal) => offDocument.judge(journal({}, { status: 400, refusal }));

it("names each place, and the document that describes the call", () => {
  const others = [{ ...problem, where: "" }];
  expect(judged({ kind: "invalid", problem, others })).toEqual([
    { exchanges: [2], what: "strike: /a is required", source: "also.yaml" },
    { exchanges: [2], what: "strike: the body is required", source: "also.yaml" },
  ]);
  expect(judged({ kind: "not-an-object", problem })).toHaveLength(1);
});

it("is never called off-spec", () => {
  const refusal: Refusal = { kind: "invalid", problem };
  expect(offSpec.judge(journal({ status: 400, refusal }))).toEqual([]);
});

it.each<[string, Refusal]>([
  ["a call of the vendor's", { kind: "invalid", problem: { where: "/a", what: "is required" } }],
  ["another refusal", { kind: "failure", reason: "broken" }],
  ["what a reserved target refuses", { kind: "invalid", problem, onRequest: true }],
])("has nothing to say of %s", (_, refusal) => {
  expect(judged(refusal)).toEqual([]);
});

it("is a should: the document is the user's own word, not the vendor's", () => {
  expect([offDocument.severity, offDocument.basis]).toEqual(["should", "yours"]);
});
