import { describe, expect, it } from "vitest";
import type { Tenant, WireForm } from "../../../src/core/tenant.ts";
import { readApis } from "../../../src/server/spec/apis.ts";
import { acme } from "../../support/acme.ts";

const speaking = (wire: WireForm): Tenant => ({ settings: { wire } }) as Tenant;

describe("the owner of a path", () => {
  it.each([
    ["/acme", true],
    ["/acme/what/ever", true],
    ["/acmes/devices", false],
    ["/", false],
    ["", false],
    ["/(unmatched)", false],
  ])("is found by its first segment: %s", (path, owned) => {
    const vendor = acme();
    expect(readApis([vendor]).ownerOf(path)).toBe(owned ? vendor : undefined);
  });
});

describe("a document", () => {
  it("is loaded once in each wire form, also for those who ask at the same time", async () => {
    const vendor = acme();
    const apis = readApis([vendor]);
    const [first, second] = await Promise.all([
      apis.of(vendor, speaking("document")),
      apis.of(vendor, speaking("document")),
    ]);
    expect(second).toBe(first);
    expect(await apis.of(vendor, speaking("recorded"))).not.toBe(first);
  });

  it("is checked before it is loaded", () => {
    expect(() => readApis([acme({ paintDevice: () => Promise.reject() })])).toThrow("paintDevice");
  });
});
