import { VendorError } from "../../core/errors.ts";
import type { Reply } from "../../core/reply.ts";
import type { Tenant } from "../../core/tenant.ts";
import type { Call, Operation } from "../../core/vendor.ts";
import { handleOf, type TenantHandle } from "../handles.ts";
import type { AdminHandles } from "./context.ts";

/** Finds the tenants that a call of the control API is about, and runs the operation on each as a transaction. */
export interface OnTenant {
  /** An operation on the tenant in the path. An unknown tenant gets a 404. */
  onTenant(
    operation: (handle: TenantHandle, call: Call, tenant: Tenant) => Reply | Promise<Reply>,
  ): Operation;
  /** The results for one tenant, or for all. An unknown tenant gets a 404. */
  onEach<Result>(
    name: string | undefined,
    work: (tenant: Tenant) => Result | Promise<Result>,
  ): Promise<Result[]>;
  handle(tenant: Tenant): TenantHandle;
}

export function createOnTenant({ tenants, vendors, version }: AdminHandles): OnTenant {
  const handle = (tenant: Tenant): TenantHandle => handleOf(tenant, vendors, version);
  return {
    handle,
    onTenant: (operation) => async (call) => {
      const name = call.params["tenant"] ?? "";
      const reply = await tenants.named(name, (tenant) => operation(handle(tenant), call, tenant));
      if (!reply) throw unknown(name);
      return reply;
    },
    onEach: async (name, work) => {
      const results = [];
      for (const one of name === undefined ? await tenants.names() : [name]) {
        // In an array, because the work may give nothing.
        const result = await tenants.named(one, async (tenant) => [await work(tenant)]);
        if (!result && name !== undefined) throw unknown(one);
        results.push(...(result ?? []));
      }
      return results;
    },
  };
}

const unknown = (id: string): VendorError =>
  new VendorError({ kind: "not-found", what: "tenant", id });
