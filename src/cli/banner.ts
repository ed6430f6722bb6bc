import type { Vendor } from "../core/vendor.ts";
import type { TenantHandle } from "../server/handles.ts";

type Credentials = Pick<TenantHandle, "credentials">;

/** Everything for a first call: one credential of each vendor, in a line. */
export function banner({ credentials }: Credentials, vendors: readonly Vendor[]): string {
  const width = Math.max(...vendors.map(({ title }) => title.length));
  const lines = vendors.map(({ name, title }) => {
    const values = Object.entries(credentials[name]?.[0]?.values ?? {});
    return [title.padEnd(width), ...values.map(([what, value]) => `${what} ${value}`)].join("  ");
  });
  const more = `${"More".padEnd(width)}  fauxdr serve --verbose, or fauxdr env for a shell`;
  return [...lines, more].join("\n");
}

/** The long form: all credentials, the reserved ids, and a command to paste for each vendor. */
export function longBanner(
  url: string,
  { credentials }: Credentials,
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
