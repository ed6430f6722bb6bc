import { expect, it } from "vitest";
import { KitError } from "../../src/core/errors.ts";
import { createTenants } from "../../src/server/tenants.ts";
import { readSettings } from "../../src/settings/read.ts";
import { vendors } from "../../src/vendors/index.ts";
import { answering, documentOf } from "../support/also.ts";

const mine = documentOf({ "/mine": { get: answering({ example: 1 }, { operationId: "mine" }) } });
const settings = { ...readSettings([]), also: [mine] };

it("reads the documents of the server once for all tenants that name no others", async () => {
  const tenants = await createTenants(vendors, settings);
  const heir = await tenants.create("heir", {});
  expect(heir.documents).toBe(tenants.default.documents);
  expect((await tenants.create("bare", { also: [] })).documents).toEqual([]);
});

it("knows the calls of a tenant's documents by name in its fault rules, and only there", async () => {
  const faults = [{ operation: "mine", fault: { kind: "status", status: 500 } }] as const;
  const tenants = await createTenants(vendors, settings);
  expect((await tenants.create("knows", { faults })).faults.list()).toHaveLength(1);
  await expect(tenants.create("bare", { also: [], faults })).rejects.toThrow(KitError);
});
