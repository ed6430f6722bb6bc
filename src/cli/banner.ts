import type { Vendor } from "../core/vendor.ts";
import type { TenantHandle } from "../server/handles.ts";

/** What a user needs for the first call: credentials, the reserved ids, and a command to paste. */
export function banner(
  url: string,
  { credentials }: TenantHandle,
  vendors: readonly Vendor[],
): string {
  return vendors
    .map((vendor) => {
      const own = credentials[vendor.name] ?? [];
      const width = Math.max(...own.map(({ purpose }) => purpose.length));
      const lines = own.map(
        ({ purpose, values }) => `  ${purpose.padEnd(width)}  ${Object.values(values).join("  ")}`,
      );
      const triggers = [...vendor.triggers].map(
        ([id, { name, description }]) => `  ${id}  ${name.padEnd(14)} ${description}`,
      );
      return [
        vendor.title,
        ...lines,
        "",
        "  Use one of these ids to force an outcome:",
        ...triggers,
        "",
        ...own.slice(0, 1).map((credential) => vendor.sample(url, credential)),
        "",
      ].join("\n");
    })
    .join("\n");
}
