import { describe, expect, it } from "vitest";
import { isRefusal, REFUSALS, refusalExample } from "../../src/core/refusal-examples.ts";
import { acme } from "../support/acme.ts";

const asked = { why: "told so", action: "addDevice", method: "POST", path: "/devices" };

it.each(REFUSALS)("the example of %s is one, and the same at every call", (kind) => {
  expect(refusalExample(kind, asked).kind).toBe(kind);
  expect(refusalExample(kind, asked)).toEqual(refusalExample(kind, asked));
});

it.each(REFUSALS)("a vendor has an error response for the example of %s", (kind) => {
  const reply = acme().refuse(refusalExample(kind, asked), undefined as never, undefined);
  expect([reply.cause, reply.status >= 400]).toEqual([kind, true]);
});

describe("an example tells", () => {
  it.each([
    "malformed",
    "not-an-object",
    "invalid",
    "unauthenticated",
    "conflict",
    "failure",
  ] as const)("why it is given: %s", (kind) => {
    expect(JSON.stringify(refusalExample(kind, asked))).toContain("told so");
  });

  it.each(["forbidden", "no-target", "conflict"] as const)("what was asked: %s", (kind) => {
    expect(JSON.stringify(refusalExample(kind, asked))).toContain("addDevice");
  });

  it.each(["no-operation", "wrong-method"] as const)("where it was asked: %s", (kind) => {
    expect(refusalExample(kind, asked)).toMatchObject({ method: "POST", path: "/devices" });
  });
});

it("names are told from others", () => {
  expect(REFUSALS.every(isRefusal)).toBe(true);
  for (const name of ["", "Invalid", "toString", "402", 402, null, undefined, ["invalid"]]) {
    expect(isRefusal(name), String(name)).toBe(false);
  }
});
