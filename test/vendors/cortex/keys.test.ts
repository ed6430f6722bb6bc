import { describe, expect, it } from "vitest";
import { type Mock, startMock, type TenantHandle } from "../../../src/index.ts";
import { CLOCK } from "../../support/cortex.ts";
import { type CortexClient, cortexClient } from "../../support/cortex-client.ts";

const keysOf = ({ credentials }: TenantHandle): (string | undefined)[][] =>
  (credentials["cortex"] ?? []).map(({ purpose, values }) => [
    purpose,
    values["x-xdr-auth-id"],
    values["key"],
  ]);

const status = async ({ send }: CortexClient, headers = {}): Promise<number> =>
  (await send("/public_api/v1/healthcheck", { method: "GET", headers })).status;

const speak = (mock: Mock, tenant: TenantHandle, purpose?: string): CortexClient =>
  cortexClient({ ...tenant, url: mock.url }, purpose);

describe("the keys of a tenant", () => {
  it("of the tenant default are those that are printed everywhere", async () => {
    await using mock = await startMock({ clock: CLOCK });
    expect(keysOf(mock)).toEqual([
      ["standard key", "1", "fauxdr-standard-key"],
      ["advanced key", "2", "fauxdr-advanced-key"],
      ["no licence (402)", "3", "fauxdr-unlicensed-key"],
      ["no permission (403)", "4", "fauxdr-viewer-key"],
      ["revoked (401)", "5", "fauxdr-revoked-key"],
      ["advanced key, no licence (402)", "6", "fauxdr-unlicensed-advanced-key"],
      ["advanced key, no permission (403)", "7", "fauxdr-viewer-advanced-key"],
      ["advanced key, revoked (401)", "8", "fauxdr-revoked-advanced-key"],
    ]);
  });

  it("contain its name, and ids that no other tenant has", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const first = await mock.tenant({ name: "acme" });
    const second = await mock.tenant();
    expect(keysOf(first)).toEqual([
      ["standard key", "11", "acme-standard-key"],
      ["advanced key", "12", "acme-advanced-key"],
      ["no licence (402)", "13", "acme-unlicensed-key"],
      ["no permission (403)", "14", "acme-viewer-key"],
      ["revoked (401)", "15", "acme-revoked-key"],
      ["advanced key, no licence (402)", "16", "acme-unlicensed-advanced-key"],
      ["advanced key, no permission (403)", "17", "acme-viewer-advanced-key"],
      ["advanced key, revoked (401)", "18", "acme-revoked-advanced-key"],
    ]);
    expect(keysOf(second).map(([, id]) => id)).toEqual([
      "21",
      "22",
      "23",
      "24",
      "25",
      "26",
      "27",
      "28",
    ]);
  });

  it("are accepted or refused as their names say", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const tenant = await mock.tenant({ name: "acme" });
    expect(await status(speak(mock, tenant))).toBe(200);
    expect(await status(speak(mock, tenant, "no licence (402)"))).toBe(402);
    expect(await status(speak(mock, tenant, "no permission (403)"))).toBe(403);
    expect(await status(speak(mock, tenant, "revoked (401)"))).toBe(401);
    expect(tenant.journal.entries().map(({ reply }) => reply?.status)).toEqual([
      200, 402, 403, 401,
    ]);
    expect(mock.journal.entries()).toEqual([]);
  });

  it("do not work in another tenant", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const tenant = await mock.tenant({ name: "acme" });
    const authorization = "fauxdr-standard-key";
    expect(await status(speak(mock, tenant), { authorization })).toBe(401);
    expect(await status(speak(mock, mock), { authorization: "acme-standard-key" })).toBe(401);
  });

  it("outlive a reset, and are in no snapshot", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const tenant = await mock.tenant({ name: "acme" });
    const client = speak(mock, tenant);
    expect(await status(client)).toBe(200);
    expect(JSON.stringify(tenant.snapshot())).not.toContain("-key");
    tenant.reset();
    expect(await status(client)).toBe(200);
  });

  it("are never in the journal, wherever they were sent", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const { post, send } = cortexClient(mock);
    await post("endpoints/isolate", { endpoint_id: "fauxdr-standard-key" });
    await send("/public_api/v1/download/fauxdr-advanced-key", { method: "GET" });
    const written = JSON.stringify(mock.journal.entries());
    expect(written).toContain("[redacted]");
    expect(written).not.toMatch(/fauxdr-[a-z]+-key/);
  });
});
