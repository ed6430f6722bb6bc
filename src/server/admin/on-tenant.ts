import { VendorError } from "../../core/errors.ts";
import type { Reply } from "../../core/reply.ts";
import type { Tenant } from "../../core/tenant.ts";
import type { Call, Operation } from "../../core/vendor.ts";
import { handleOf, type TenantHandle } from "../handles.ts";
import type { AdminHandles } from "./context.ts";

/** Finds the tenant that a path of the control API names. */
export interface OnTenant {
  /** An operation on the tenant in the path. An unknown tenant gets a 404. */
  onTenant(operation: (tenant: TenantHandle, call: Call) => Reply | Promise<Reply>): Operation;
  handle(tenant: Tenant): TenantHandle;
}

export function createOnTenant({ tenants, vendors, version }: AdminHandles): OnTenant {
  const handle = (tenant: Tenant): TenantHandle => handleOf(tenant, vendors, version);
  return {
    handle,
    onTenant: (operation) => (call) => {
      const name = call.params["tenant"] ?? "";
      const tenant = tenants.get(name);
      if (!tenant) throw new VendorError({ kind: "not-found", what: "tenant", id: name });
      return operation(handle(tenant), call);
    },
  };
}
