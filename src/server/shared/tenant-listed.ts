import type { ClockState } from "../../core/clock.ts";
import type { Tenant, TenantSettings } from "../../core/tenant.ts";
import type { Tenants } from "../tenants.ts";

/**
 * A tenant as a list shows it, without loading it. `content` has its origin, clock and scenario as they are stored, or
 * nothing.
 */
export function tenantListed(
  own: Tenants,
  name: string,
  { number }: { readonly number: number },
  [origin, clock, scenario]: readonly (string | null)[] = [],
): Tenant {
  const { settings = own.default.settings } = JSON.parse(origin ?? "{}") as {
    readonly settings?: TenantSettings;
  };
  const tenant = own.sketch(name, number, settings);
  if (clock) tenant.clock.restore(JSON.parse(clock) as ClockState);
  if (scenario) tenant.scenario = JSON.parse(scenario);
  return tenant;
}
