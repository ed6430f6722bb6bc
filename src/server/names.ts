import { KitError } from "../core/errors.ts";
import { FAULTS, type Fault } from "../core/faults/fault.ts";
import { nearest } from "../core/nearest.ts";
import type { Vendor } from "../core/vendor.ts";

/**
 * Checks the names that a rule, an expectation or a filter has. A misspelt one would fit no call, and nothing would say so: it is
 * a KitError that names the nearest.
 */
export function checkNames({ vendor, operation, fault }: Named, vendors: readonly Vendor[]): void {
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
  if (typeof fault === "string" && !Object.hasOwn(FAULTS, fault)) {
    throw new KitError(`There is no kind of fault "${fault}": ${Object.keys(FAULTS).join(", ")}.`);
  }
}

interface Named {
  readonly vendor?: string;
  readonly operation?: string;
  /** Its kind, or the whole of it: that was read already. */
  readonly fault?: string | Fault;
}
