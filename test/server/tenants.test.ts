import { describe, expect, it } from "vitest";
import type { WireRequest } from "../../src/core/vendor.ts";
import { type Exchange, type Mock, startMock, type TenantHandle } from "../../src/index.ts";
import { createTenants } from "../../src/server/tenants.ts";
import { endpoints } from "../../src/vendors/cortex/state.ts";
import { vendors } from "../../src/vendors/index.ts";
import { cortexClient } from "../support/clients.ts";
import { INVENTORY } from "../support/cortex.ts";
import { defaultSettings } from "../support/settings.ts";

const NOON = "2026-01-31T12:00:00Z";
const COMPLETES = "facade00000000000000000000000001";
const SUITES = 50;

/** What one suite does to its tenant. The reset in the middle deletes the first half. */
async function suite(mock: Mock, tenant: TenantHandle, number: number): Promise<string> {
  const client = cortexClient({ ...tenant, url: mock.url });
  await client.quarantine([COMPLETES]);
  if (number % 3 === 0) tenant.reset();
  const id = await client.quarantine([COMPLETES], { file_path: `/tmp/${number}`, file_hash: "c0" });
  await client.statuses(id);
  tenant.clock.advance(1000 * (number % 4));
  await client.statuses(id);
  await client.post("endpoints/quarantine", {});
  if (number % 5 === 0) tenant.reset();
  await client.isQuarantined(COMPLETES);
  return JSON.stringify(tenant.journal.entries().map(comparable));
}

/** The port differs from server to server, the durations from call to call. */
const comparable = ({ durationMs: _, timings: __, request, ...rest }: Exchange): unknown => ({
  ...rest,
  request: { ...request, headers: { ...request.headers, host: "" } },
});

async function tenantsOf(mock: Mock): Promise<TenantHandle[]> {
  const tenants: TenantHandle[] = [];
  for (let number = 0; number < SUITES; number++) {
    tenants.push(await mock.tenant({ name: `suite-${number}`, clock: NOON }));
  }
  return tenants;
}

describe("tenants", () => {
  it(`${SUITES} suites at once leave the same journals as one after the other`, async () => {
    await using together = await startMock({ log: "none" });
    await using apart = await startMock({ log: "none" });
    const shared = await tenantsOf(together);
    const interleaved = await Promise.all(
      shared.map((tenant, number) => suite(together, tenant, number)),
    );
    const alone: string[] = [];
    for (const [number, tenant] of (await tenantsOf(apart)).entries()) {
      alone.push(await suite(apart, tenant, number));
    }
    expect(interleaved).toEqual(alone);
    expect(together.journal.entries()).toEqual([]);
  });

  it("two hundred exist at the same time, each with its own keys", async () => {
    await using mock = await startMock();
    const ids = new Set<string>();
    for (let made = 0; made < 200; made++) {
      const tenant = await mock.tenant();
      const client = cortexClient({ ...tenant, url: mock.url });
      ids.add(await client.quarantine([COMPLETES]));
    }
    expect(ids.size).toBe(200);
  });

  it("does not know an action of another tenant", async () => {
    await using mock = await startMock();
    const other = await mock.tenant({ name: "other" });
    const id = await cortexClient({ ...other, url: mock.url }).quarantine([COMPLETES]);
    const answer = await cortexClient(mock).post("actions/get_action_status", {
      group_action_id: id,
    });
    expect(answer.status).toBe(500);
    expect(JSON.parse(answer.text).err_extra).toBe(`There is no action ${id}.`);
  });

  it("inherits the settings of the mock, except those that it sets itself", async () => {
    await using mock = await startMock({ wire: "recorded", stepSeconds: 7 });
    const { settings } = await mock.tenant({ stepSeconds: 9 });
    expect(settings).toEqual({ ...mock.settings, stepSeconds: 9 });
  });

  it("lets unknown credentials land with the tenant default", async () => {
    await using mock = await startMock();
    await fetch(`${mock.url}/public_api/v1/healthcheck`, {
      headers: { "x-xdr-auth-id": "99999", authorization: "nobody's" },
    });
    expect(mock.journal.entries()).toHaveLength(1);
  });

  it("makes fleets of any size, the same for the same seed", async () => {
    await using mock = await startMock();
    const names = async (name: string, seed: string): Promise<string[]> => {
      const tenant = await mock.tenant({ name, seed, fleet: 250 });
      const { reply } = await cortexClient({ ...tenant, url: mock.url }).post(
        "endpoints/get_endpoints",
        {},
      );
      return reply.map(({ agent_id }: { agent_id: string }) => agent_id);
    };
    const fleet = await names("one", "a");
    expect(fleet).toHaveLength(INVENTORY + 250);
    await using again = await startMock();
    const same = await again.tenant({ name: "one", seed: "a", fleet: 250 });
    const { reply } = await cortexClient({ ...same, url: again.url }).post(
      "endpoints/get_endpoints",
      {},
    );
    expect(reply.map(({ agent_id }: { agent_id: string }) => agent_id)).toEqual(fleet);
    expect(await names("two", "b")).not.toEqual(fleet);
  });

  it("has the same fleet again after a reset", async () => {
    await using mock = await startMock();
    // Events are dated by the tenant's clock, so it stands still here.
    const tenant = await mock.tenant({ fleet: 20, clock: "2026-01-31T12:00:00Z" });
    const before = tenant.store.state();
    tenant.reset();
    expect(tenant.store.state()).toEqual(before);
  });

  const badNames = ["", "Upper", "1st", "a b", "a/b", "x".repeat(41), "ünal", "__proto__"];
  it.each(badNames)("refuses the name %j", async (name) => {
    await using mock = await startMock();
    await expect(mock.tenant({ name })).rejects.toThrow(
      `A tenant's name must start with a letter and have up to 40 lower-case letters, digits and hyphens, not ${JSON.stringify(name)}.`,
    );
  });

  it("refuses a name that is taken, or whose credentials would be another one's", async () => {
    await using mock = await startMock();
    await mock.tenant({ name: "red" });
    await expect(mock.tenant({ name: "red" })).rejects.toThrow(
      'A tenant "red" already exists: choose another name.',
    );
    await expect(mock.tenant({ name: "fauxdr" })).rejects.toThrow(
      'A tenant "fauxdr" would have the same credentials as another tenant: choose another name.',
    );
    await expect(mock.tenant({ name: "red-viewer" })).rejects.toThrow(
      /would have the same credentials/,
    );
    const { credentials } = await mock.tenant();
    expect(credentials["cortex"]?.[0]?.values["x-xdr-auth-id"]).toBe("21");
  });
});

describe("work on a tenant of a server that shares its tenants with no other", async () => {
  const tenants = await createTenants(vendors, defaultSettings);

  it("runs at once, and returns the result", async () => {
    let hasRun = false;
    const result = tenants.on(tenants.default, () => {
      hasRun = true;
      return 5;
    });
    expect(hasRun).toBe(true);
    expect(await result).toBe(5);
  });

  it("fails with its own error", async () => {
    const boom = new RangeError("boom");
    await expect(tenants.on(tenants.default, () => Promise.reject(boom))).rejects.toBe(boom);
    const thrown = tenants.named("default", () => {
      throw boom;
    });
    await expect(thrown).rejects.toBe(boom);
    await expect(tenants.named("nobody", () => 5)).resolves.toBeUndefined();
  });
});

describe("a tenant that is not complete yet", () => {
  it("has its name, and cannot be used", async () => {
    const tenants = await createTenants(vendors, defaultSettings);
    const making = tenants.create("large", { fleet: 250 });
    expect(tenants.get("large")).toBeUndefined();
    expect(tenants.all()).toEqual([tenants.default]);
    expect(tenants.delete("large")).toBe(false);
    await expect(tenants.create("large", {})).rejects.toThrow("already exists");
    const large = await making;
    expect(tenants.all()).toEqual([tenants.default, large]);
    expect(large.store.all(endpoints)).toHaveLength(INVENTORY + 250);
  });

  it("is not found by its credentials", async () => {
    const tenants = await createTenants(vendors, defaultSettings);
    const making = tenants.create("large", { fleet: 250 });
    const request = { headers: { "x-xdr-auth-id": "11" } } as unknown as WireRequest;
    expect(tenants.claimedBy(vendors[0], request)).toBeUndefined();
    const large = await making;
    expect(tenants.claimedBy(vendors[0], request)).toBe(large);
  });

  it("counts for the limit and the next number, and one that is refused does not", async () => {
    const tenants = await createTenants(vendors, defaultSettings, { limit: 3 });
    await expect(tenants.create("No", {})).rejects.toThrow("must start with a letter");
    await expect(tenants.create("a", { scenario: "nope" })).rejects.toThrow("nope");
    const [one, two] = [tenants.create(undefined, { fleet: 10 }), tenants.create(undefined, {})];
    await expect(tenants.create(undefined, {})).rejects.toThrow("3 tenants already");
    expect([(await one).name, (await two).name]).toEqual(["tenant-1", "tenant-2"]);
    expect(tenants.made).toBe(3);
  });
});
