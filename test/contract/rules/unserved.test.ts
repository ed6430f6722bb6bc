import { expect, it } from "vitest";
import { unserved } from "../../../src/contract/rules/unserved.ts";
import type { Refusal } from "../../../src/core/errors.ts";
import { journal } from "../../support/journals.ts";

const notServed: Refusal = {
  kind: "not-served",
  method: "POST",
  path: "/acme/paint",
  what: "paint a device",
  basis: "recorded",
  source: "A log",
};

const judged = (refusal: Refusal) => unserved.judge(journal({}, { status: 404, refusal }));

it("names the call of the vendor, what it does, and who knows it", () => {
  expect(judged(notServed)).toEqual([
    {
      exchanges: [2],
      what: "fauxdr does not serve strike (paint a device)",
      basis: "recorded",
      source: "A log",
    },
  ]);
});

it("names the place of what the vendor documents and fauxdr does not support", () => {
  const problem = { where: "/field", what: "is unknown", unserved: true } as const;
  expect(judged({ kind: "invalid", problem: { ...problem, source: "A page" } })).toEqual([
    {
      exchanges: [2],
      what: "strike: fauxdr does not support /field, which the vendor documents: is unknown",
      basis: "documented",
      source: "A page",
    },
  ]);
  expect(judged({ kind: "invalid", problem })[0]).not.toHaveProperty("source");
});

it.each<[string, Refusal]>([
  ["a field that is wrong", { kind: "invalid", problem: { where: "/a", what: "is required" } }],
  ["another refusal", { kind: "failure", reason: "broken" }],
  ["a call that a reserved target refuses so", { ...notServed, onRequest: true }],
])("has nothing to say of %s", (_, refusal) => {
  expect(judged(refusal)).toEqual([]);
});

it("is an info: the client did nothing wrong", () => {
  expect(unserved.severity).toBe("info");
});
