import { describe, expect, it } from "vitest";
import { json } from "../../../src/core/reply.ts";
import type { Tenant, WireForm } from "../../../src/core/tenant.ts";
import type { Call, Vendor } from "../../../src/core/vendor.ts";
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

  it("is loaded once in a process", async () => {
    const vendor = acme();
    const load = () => readApis([vendor]).of(vendor, speaking("document"));
    expect((await load()).schemaOf).toBe((await load()).schemaOf);
  });

  it("is shared by the services that have it, each with its own functions", async () => {
    const first = acme();
    const second = { ...acme({ getDevice: () => json({ id: "second" }) }), spec: first.spec };
    const run = async (vendor: Vendor): Promise<unknown> => {
      const api = await readApis([vendor]).of(vendor, speaking("document"));
      const route = api.match("GET", "/acme/devices/5");
      if ("kind" in route) throw new Error(route.kind);
      return (await route.run({ params: { id: "5" } } as unknown as Call)).value;
    };
    expect(await run(first)).toEqual({ id: "5" });
    expect(await run(second)).toEqual({ id: "second" });
    expect(await run(first)).toEqual({ id: "5" });
  });

  it("is checked against the functions of each service that has it", () => {
    const first = acme();
    readApis([first]);
    const second = { ...acme({ paintDevice: () => Promise.reject() }), spec: first.spec };
    expect(() => readApis([second])).toThrow("paintDevice");
  });

  it("is checked before it is loaded", () => {
    expect(() => readApis([acme({ paintDevice: () => Promise.reject() })])).toThrow("paintDevice");
  });
});
