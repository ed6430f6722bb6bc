import { KitError } from "../core/errors.ts";
import type { Vendor } from "../core/vendor.ts";
import { nearest } from "./nearest.ts";

/**
 * Checks the names that a rule or an expectation has. A misspelt one would fit no call, and nothing would say so: it is
 * a KitError that names the nearest.
 */
export function checkNames(
  { vendor, operation }: { readonly vendor?: string; readonly operation?: string },
  vendors: readonly Vendor[],
): void {
  const meant = vendors.filter(({ name }) => vendor === undefined || name === vendor);
  if (meant.length === 0) {
    const known = vendors.map(({ name }) => name);
    throw new KitError(`There is no vendor "${vendor}": ${known.join(", ")}.`);
  }
  const operations = meant.flatMap((one) => Object.keys(one.operations));
  if (operation !== undefined && !operations.includes(operation)) {
    const near = nearest(operation, operations);
    throw new KitError(`There is no operation "${operation}"; the nearest is ${near}.`);
  }
}
