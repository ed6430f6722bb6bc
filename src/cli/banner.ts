import type { Tenant } from "../core/tenant.ts";
import type { Vendor } from "../core/vendor.ts";

/** What a person needs for the first call: credentials, the trigger table, and a call to paste. */
export function banner(url: string, tenant: Tenant, vendors: readonly Vendor[]): string {
  return vendors
    .map((vendor) => {
      const credentials = vendor
        .credentials(tenant)
        .map(
          ({ purpose, values }) => `  ${purpose.padEnd(20)} ${Object.values(values).join("  ")}`,
        );
      const triggers = [...vendor.triggers].map(
        ([id, { name, description }]) => `  ${id}  ${name.padEnd(14)} ${description}`,
      );
      return [
        vendor.title,
        ...credentials,
        "",
        "  Aim at one of these ids, and:",
        ...triggers,
        "",
        vendor.sample(url, tenant),
        "",
      ].join("\n");
    })
    .join("\n");
}
