import { VendorError } from "../../core/errors.ts";

/** Finds the values in a path, by the names in its template. Throws the VendorError of one that is wrongly encoded. */
export function pathParams(template: string): (path: string) => Record<string, string> {
  const names = [...template.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name ?? "");
  if (names.length === 0) return () => ({});
  const pattern = new RegExp(`^${template.replace(/\{[^}]+\}/g, "([^/]+)")}/*$`);
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
