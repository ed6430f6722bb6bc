import { VendorError } from "../../core/errors.ts";

/** Returns a function that extracts the parameters of a path. It throws a VendorError for an invalid encoding. */
export function pathParams(template: string): (path: string) => Record<string, string> {
  const names = [...template.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name ?? "");
  if (names.length === 0) return () => ({});
  const fixed = template.replace(/[.*+?^$()|[\]\\]/g, "\\$&");
  const pattern = new RegExp(`^${fixed.replace(/\{[^}]+\}/g, "([^/]+)")}/*$`);
  return (path) => {
    const values = pattern.exec(path)?.slice(1) ?? [];
    return Object.fromEntries(
      names.map((name, index) => [name, decode(name, values[index] ?? "")]),
    );
  };
}

function decode(name: string, value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    const problem = { where: `path/${name}`, what: "is not percent-encoded UTF-8" };
    throw new VendorError({ kind: "invalid", problem });
  }
}
