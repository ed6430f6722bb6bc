import { describe, expect, it } from "vitest";
import { VendorError } from "../../src/core/errors.ts";
import { type Rate, remaining, spend } from "../../src/core/rate.ts";
import { createTenant, type Tenant } from "../../src/core/tenant.ts";
import { defaultSettings } from "../support/settings.ts";

const RATE: Rate = { name: "test", limit: 3, windowSeconds: 10 };

const tenant = (): Tenant =>
  createTenant({
    name: "default",
    number: 0,
    settings: { ...defaultSettings, clock: "2026-01-31T12:00:00Z" },
    begin: () => [],
  });

const refusalOf = (act: () => void): unknown => {
  try {
    act();
  } catch (error) {
    if (error instanceof VendorError) return error.refusal;
    throw error;
  }
  return undefined;
};

describe("a rate", () => {
  it("lets as many calls through as its limit, then refuses with the time to wait", () => {
    const subject = tenant();
    for (let call = 0; call < RATE.limit; call++) spend(RATE, subject);
    subject.clock.advance(4000);
    expect(refusalOf(() => spend(RATE, subject))).toEqual({
      kind: "rate-limited",
      limit: 3,
      windowSeconds: 10,
      retryAfterSeconds: 6,
    });
  });

  it("starts over when its window is over, and not a millisecond before", () => {
    const subject = tenant();
    for (let call = 0; call < RATE.limit; call++) spend(RATE, subject);
    subject.clock.advance(9999);
    expect(refusalOf(() => spend(RATE, subject))).toMatchObject({ retryAfterSeconds: 1 });
    subject.clock.advance(1);
    expect(refusalOf(() => spend(RATE, subject))).toBeUndefined();
    expect(remaining(RATE, subject)).toEqual({ calls: 2, seconds: 10 });
  });

  it("does not count a call that it refused", () => {
    const subject = tenant();
    for (let call = 0; call < RATE.limit; call++) spend(RATE, subject);
    const before = subject.store.state();
    refusalOf(() => spend(RATE, subject));
    expect(subject.store.state()).toEqual(before);
  });

  it("keeps rates of different names, and tenants, apart", () => {
    const subject = tenant();
    for (let call = 0; call < RATE.limit; call++) spend(RATE, subject);
    expect(remaining({ ...RATE, name: "other" }, subject).calls).toBe(3);
    expect(remaining(RATE, tenant()).calls).toBe(3);
  });
});
