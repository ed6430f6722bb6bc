import { KitError } from "../core/errors.ts";
import { distance, nearest } from "../core/nearest.ts";
import type { VendorRules } from "./judge.ts";

/**
 * Says of each case id whether it begins with one of the prefixes; of all where none is given. Throws a KitError for a
 * prefix that fits no case: an empty choice would look like success.
 */
export function caseFilter(
  vendors: readonly VendorRules[],
  prefixes: readonly string[] | undefined,
): (id: string) => boolean {
  const ids = vendors.flatMap(({ contract }) => contract.cases.map(({ id }) => id));
  for (const prefix of prefixes ?? []) {
    if (ids.some((id) => id.startsWith(prefix))) continue;
    const beginnings = ids.flatMap((id) =>
      [id, ...id.matchAll(/\./g)].map((dot) =>
        typeof dot === "string" ? dot : id.slice(0, dot.index),
      ),
    );
    const meant = hint(prefix, beginnings);
    const end = meant ? `${meant} Run` : ": run";
    throw new KitError(`No case id starts with "${prefix}"${end} fauxdr cases to list them.`);
  }
  return (id) => prefixes?.some((prefix) => id.startsWith(prefix)) ?? true;
}

/** `; did you mean "…"?` where one of the names is near enough to be meant, or nothing. */
export function hint(given: string, names: readonly string[]): string {
  const near = nearest(given, names);
  const isNear = near !== "" && distance(given, near) <= Math.max(1, Math.floor(given.length / 3));
  return isNear ? `; did you mean "${near}"?` : "";
}
