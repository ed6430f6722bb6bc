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
    "strike: the body cannot be read: line 1",
  ],
  [
    "a method that the path does not take",
    { kind: "wrong-method", method: "GET", path: "/x", allowed: ["POST", "PUT"] },
    "strike: the path takes POST, PUT, not GET",
  ],
])("names %s", (_, refusal, what) => {
  expect(says(refusal)).toEqual([what]);
});

it("names every place of a request that is off in several", () => {
  const others = [{ where: "/b", what: "is too long" }];
  const refusal = { kind: "invalid", problem: { where: "/a", what: "is required" }, others };
  expect(offSpec.judge(journal({}, { status: 400, refusal: refusal as Refusal }))).toMatchObject([
    { exchanges: [2], what: "strike: /a is required" },
    { exchanges: [2], what: "strike: /b is too long" },
  ]);
});

it("has the basis and the source of what was broken, and names the place in its fix", () => {
  const problem = { where: "/a", what: "is required", basis: "documented-old", source: "A page" };
  const refusal = { kind: "invalid", problem } as Refusal;
  expect(offSpec.judge(journal({ status: 400, refusal }))).toMatchObject([
    { basis: "documented-old", source: "A page", fix: expect.stringContaining("/a") },
  ]);
});

it("says that a choice of fauxdr is one", () => {
  const problem = { where: "/a", what: "is not a field of this call" };
  const refusal: Refusal = { kind: "invalid", problem };
  expect(offSpec.judge(journal({ status: 400, refusal }))).toMatchObject([
    { basis: "assumed", source: expect.stringMatching(/^A choice of fauxdr/) },
  ]);
});

it("distinguishes invalid JSON from JSON that only fauxdr refuses", () => {
  const fault = { message: "Expecting value", offset: 0, line: 1, column: 2, near: "" };
  const bases = (["documented", "assumed"] as const).map((basis) => {
    const refusal: Refusal = { kind: "malformed", reason: "no JSON", fault, basis };
    const [flaw] = offSpec.judge(journal({ status: 400, refusal }));
    return [flaw?.basis, flaw?.source?.slice(0, 8), flaw?.what];
  });
  const what = "strike: the body cannot be read: no JSON (Expecting value, line 1, column 2)";
  expect(bases).toEqual([
    ["documented", "RFC 8259", what],
    ["assumed", "A choice", what],
  ]);
});

it("has nothing against what a reserved target refuses on request", () => {
  const problem = {
    where: "the request",
    what: "names the reserved target 400, which forces a 400",
  };
  const refusal: Refusal = { kind: "invalid", problem, onRequest: true };
  expect(says(refusal)).toEqual([]);
});

it("has nothing against what the vendor documents and fauxdr does not understand", () => {
  const problem = { where: "/field", what: "is unknown", unserved: true } as const;
  expect(says({ kind: "invalid", problem })).toEqual([]);
});

it.each<Refusal>([
  { kind: "no-operation", method: "POST", path: "/x", nearest: "POST /y" },
  {
    kind: "not-served",
    method: "POST",
    path: "/x",
    what: "do x",
    basis: "documented",
    source: "A page",
  },
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
