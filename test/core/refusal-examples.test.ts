import { describe, expect, it } from "vitest";
import { exampleOf, isRefusal, REFUSALS } from "../../src/core/refusal-examples.ts";
import { acme } from "../support/acme.ts";

const asked = { why: "told so", action: "addDevice", method: "POST", path: "/devices" };

it.each(REFUSALS)("the example of %s is one, and the same at every call", (kind) => {
  expect(exampleOf(kind, asked).kind).toBe(kind);
  expect(exampleOf(kind, asked)).toEqual(exampleOf(kind, asked));
});

it.each(REFUSALS)("a vendor has an error response for the example of %s", (kind) => {
  const reply = acme().refuse(exampleOf(kind, asked), undefined as never, undefined);
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
    expect(JSON.stringify(exampleOf(kind, asked))).toContain("told so");
  });

  it.each(["forbidden", "no-target", "conflict"] as const)("what was asked: %s", (kind) => {
    expect(JSON.stringify(exampleOf(kind, asked))).toContain("addDevice");
  });

  it.each(["no-operation", "wrong-method"] as const)("where it was asked: %s", (kind) => {
    expect(exampleOf(kind, asked)).toMatchObject({ method: "POST", path: "/devices" });
  });
});

it("names are told from others", () => {
  expect(REFUSALS.every(isRefusal)).toBe(true);
  for (const name of ["", "Invalid", "toString", "402", 402, null, undefined, ["invalid"]]) {
    expect(isRefusal(name), String(name)).toBe(false);
  }
});
