import { createTenant, type Tenant, type TenantSettings } from "../core/tenant.ts";
import type { Vendor, WireRequest } from "../core/vendor.ts";

/** All tenants of a server, and which credentials speak for which of them. */
export interface Tenants {
  /** The tenant for a request that no other tenant's credentials came with. */
  readonly default: Tenant;
  all(): readonly Tenant[];
  /** Whose world a request speaks to, going by what its credentials claim. */
  claimedBy(vendor: Vendor | undefined, request: WireRequest): Tenant;
}

export function createTenants(vendors: readonly Vendor[], settings: TenantSettings): Tenants {
  const byName = new Map<string, Tenant>();
  const byClaim = new Map<string, Tenant>();
  const claimOf = (vendor: Vendor, claim: string): string => `${vendor.name} ${claim}`;

  const create = (name: string, number: number): Tenant => {
    const tenant = createTenant({
      name,
      number,
      settings,
      seed: (fresh) => {
        for (const vendor of vendors) vendor.seed(fresh);
      },
    });
    byName.set(name, tenant);
    for (const vendor of vendors) {
      for (const { claims } of vendor.credentials(tenant)) {
        for (const claim of claims) byClaim.set(claimOf(vendor, claim), tenant);
      }
    }
    return tenant;
  };

  const main = create("default", 0);
  return {
    default: main,
    all: () => [...byName.values()],
    claimedBy: (vendor, request) => {
      const claim = vendor?.claim(request);
      return (vendor && claim && byClaim.get(claimOf(vendor, claim))) || main;
    },
  };
}
