import { expect, it } from "vitest";
import { offSpec } from "../../../src/contract/rules/off-spec.ts";
import type { Refusal } from "../../../src/core/errors.ts";
import { journal } from "../../support/journals.ts";

const says = (refusal: Refusal): string[] =>
  offSpec.judge(journal({ status: 400, refusal })).map(({ what }) => what);

it.each<[string, Refusal, string]>([
  [
    "a field by its pointer",
    { kind: "invalid", problem: { where: "/a/b", what: "is required" } },
    "strike: /a/b is required",
  ],
  [
    "a body of the wrong shape",
    { kind: "not-an-object", problem: { where: "", what: "must be object" } },
    "strike: the body must be object",
  ],
  [
    "a body that is no JSON",
    { kind: "malformed", reason: "line 1" },
    "strike: the body is not one that can be read: line 1",
  ],
  [
    "a path that there is not",
    { kind: "no-operation", method: "POST", path: "/x", nearest: "POST /y" },
    "strike: there is no such call; the nearest one is POST /y",
  ],
  [
    "a method that the path does not take",
    { kind: "wrong-method", method: "GET", path: "/x", allowed: ["POST", "PUT"] },
    "strike: the path takes POST, PUT",
  ],
])("names %s", (_, refusal, what) => {
  expect(says(refusal)).toEqual([what]);
});

it("names every place of a request that is off in several", () => {
  const others = [{ where: "/b", what: "is too long" }];
  const refusal = { kind: "invalid", problem: { where: "/a", what: "is required" }, others };
  expect(offSpec.judge(journal({}, { status: 400, refusal: refusal as Refusal }))).toEqual([
    { exchanges: [2], what: "strike: /a is required" },
    { exchanges: [2], what: "strike: /b is too long" },
  ]);
});

it.each<Refusal>([
  { kind: "unauthenticated", reason: "no key" },
  { kind: "unlicensed", principal: "1" },
  { kind: "forbidden", principal: "1", permission: "strike" },
  { kind: "no-target", action: "strike", targets: ["x"] },
  { kind: "not-found", what: "action", id: "1" },
  { kind: "conflict", reason: "busy" },
  { kind: "rate-limited", limit: 1, windowSeconds: 1, retryAfterSeconds: 1 },
  { kind: "failure", reason: "broken" },
])("has nothing against a well-formed request that is refused as $kind", (refusal) => {
  expect(says(refusal)).toEqual([]);
});

it("has nothing against a good request that a fault answers with 400", () => {
  expect(
    offSpec.judge(
      journal({ status: 400, fault: { rule: "fault-1", kind: "refusal", effect: false } }),
    ),
  ).toEqual([]);
});
