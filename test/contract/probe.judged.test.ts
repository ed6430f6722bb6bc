import { expect, it } from "vitest";
import { runProbes } from "../../src/contract/probe.ts";
import { WIRE_FORMS } from "../../src/core/tenant.ts";
import { startMock } from "../../src/mock.ts";
import { loadVendorDocument } from "../../src/testing/vendor-documents.ts";
import { vendors } from "../../src/vendors/index.ts";
import { judgingProxy } from "../support/judging-proxy.ts";
import { leaveToAll } from "../support/programs.ts";

it.each(vendors.flatMap((vendor) => WIRE_FORMS.map((wire) => ({ vendor, wire }))))(
  "express-openapi-validator agrees with every probe of $vendor.name, $wire form",
  async ({ vendor, wire }) => {
    if (wire !== "document") leaveToAll("time for a second judge of both wire forms");
    await using mock = await startMock({ wire });
    const proxy = await judgingProxy(vendor.name, mock.port);
    const { url } = proxy;
    const { contract, name } = vendor;
    const results = await runProbes({
      url,
      document: await loadVendorDocument(vendor),
      probes: contract.probes,
      variables: contract.environment(url, mock.credentials[name] ?? [], undefined),
      targets: [...vendor.triggers.keys()].slice(0, 1),
      now: mock.clock.now,
      limitMs: 60_000,
      failOn: "should",
      onResult: () => {},
    });
    expect(results.filter(({ outcome }) => outcome !== "pass")).toEqual([]);
    const judged = await proxy.judged();
    expect(judged).toHaveLength(contract.probes.length);
    // Both report a request that is refused for its form.
    const isOff = (causes: readonly string[]): boolean =>
      causes.some((cause) => /^(malformed|not-an-object|invalid|no-operation)$/.test(cause));
    for (const [at, probe] of contract.probes.entries()) {
      const { request, reply } = judged[at] ?? {};
      expect([probe.id, reply]).toEqual([probe.id, undefined]);
      if (probe.causes.includes("unauthenticated")) continue;
      expect([probe.id, request === undefined]).toEqual([probe.id, !isOff(probe.causes)]);
    }
  },
);
