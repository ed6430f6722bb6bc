import type { ClockState } from "../../core/clock.ts";
import type { Tenant, TenantSettings } from "../../core/tenant.ts";
import type { Tenants } from "../tenants.ts";

/**
 * Tenants as a list shows them, without loading them. `contents` has the origin, clock and scenario of each as they are
 * stored, or nothing.
 */
export function tenantsListed(
  own: Tenants,
  listed: readonly (readonly [name: string, { readonly number: number }])[],
  contents: readonly (readonly (string | null)[])[],
): Tenant[] {
  return listed.map(([name, { number }], index) => {
    const [origin, clock, scenario] = contents[index] ?? [];
    const { settings = own.default.settings } = JSON.parse(origin ?? "{}") as {
      readonly settings?: TenantSettings;
    };
    const tenant = own.sketch(name, number, settings);
    if (clock) tenant.clock.restore(JSON.parse(clock) as ClockState);
    if (scenario) tenant.scenario = JSON.parse(scenario);
    return tenant;
  });
}
