import { expect, it } from "vitest";
import { KitError, VendorError } from "../../src/core/errors.ts";

it("a vendor's refusal travels whole, and is known by its kind", () => {
  const refusal = { kind: "unauthenticated", reason: "no key" } as const;
  const error = new VendorError(refusal);
  expect(error.refusal).toBe(refusal);
  expect([error.name, error.message]).toEqual(["VendorError", "unauthenticated"]);
});

it("an error of ours is never reported as the vendor's, or the other way round", () => {
  const ours = new KitError("misuse");
  expect([ours.name, ours.message]).toEqual(["KitError", "misuse"]);
  expect(ours).not.toBeInstanceOf(VendorError);
  expect(new VendorError({ kind: "failure", reason: "" })).not.toBeInstanceOf(KitError);
});
