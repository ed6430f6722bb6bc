import { describe, expect, it } from "vitest";
import { createClient } from "../../../src/client.ts";
import { draftOf, send } from "../../../src/inspector/call.ts";
import { operationsOf } from "../../../src/inspector/documents.ts";
import { startMock } from "../../../src/mock.ts";
import type { TenantView } from "../../../src/server/admin/tenants.ts";
import { vendors } from "../../../src/vendors/index.ts";

describe.each(vendors.map(({ name }) => name))("the examples of %s", (vendor) => {
  it("work in a new tenant for each operation, and again after it", async () => {
    await using mock = await startMock({ clock: "2026-01-31T12:00:00Z" });
    const client = createClient(mock);
    const operations = operationsOf(vendor, await client.getDocument(vendor), []);
    /** Sends an operation as the page fills it in, after whatever its example says must come first. */
    const tried = async (tenant: TenantView, id: string): Promise<number> => {
      const operation = operations.find((one) => one.id === id);
      if (!operation) throw new Error(`${vendor} has no ${id}`);
      const example = await client.getExample(tenant.name, vendor, id);
      if (!example.first) {
        const headers = tenant.vendors.find(({ name }) => name === vendor)?.headers ?? {};
        return (await send(mock.url, draftOf(operation, example, headers))).status;
      }
      expect(await tried(tenant, example.first.operation)).toBeLessThan(300);
      // Only what has not ended can be stopped; all else has to end first.
      if (!id.startsWith("abort")) await client.moveClock(tenant.name, { advanceSeconds: 600 });
      expect((await client.getExample(tenant.name, vendor, id)).first).toBeUndefined();
      return tried(tenant, id);
    };
    const statuses: (readonly [string, number])[] = [];
    for (const { id } of operations) {
      const tenant = await client.createTenant();
      statuses.push([id, await tried(tenant, id)], [id, await tried(tenant, id)]);
    }
    expect(statuses.filter(([, status]) => status >= 300)).toEqual([]);
  });
});

it("has examples neither for an unknown vendor nor in an unknown tenant", async () => {
  await using mock = await startMock();
  const client = createClient(mock);
  const [{ name = "", operations = {} } = {}] = vendors;
  const [operation = ""] = Object.keys(operations);
  await expect(client.getExample("default", "nobody", operation)).rejects.toThrow(
    "there is no vendor nobody",
  );
  await expect(client.getExample("nobody", name, operation)).rejects.toThrow(
    "there is no tenant nobody",
  );
});
