import type { AlsoDocument } from "../core/also-document.ts";
import { KitError } from "../core/errors.ts";
import { FAULTS, type Fault } from "../core/faults/fault.ts";
import { didYouMean, nearest } from "../core/nearest.ts";
import type { Vendor } from "../core/vendor.ts";

/**
 * Checks the names in a rule, an expectation or a filter. Throws a KitError for an unknown name, because it would
 * silently match no call.
 */
export function checkNames(
  { vendor, operation, fault }: Named,
  vendors: readonly Vendor[],
  documents: readonly AlsoDocument[] = [],
): void {
  const meant = vendors.filter(({ name }) => vendor === undefined || name === vendor);
  if (meant.length === 0) {
    const known = vendors.map(({ name }) => name);
    const advice = didYouMean(String(vendor), known, `choose from ${known.join(", ")}`);
    throw new KitError(`There is no vendor "${vendor}": ${advice}`);
  }
  const operations = meant.flatMap(({ name, operations }) => [
    ...Object.keys(operations),
    ...documents
      .filter((document) => document.vendor === name)
      .flatMap((document) => document.operations.map(({ id }) => id)),
  ]);
  if (operation !== undefined && !operations.includes(operation)) {
    const near = nearest(operation, operations);
    throw new KitError(`There is no operation "${operation}"; the nearest is ${near}.`);
  }
  if (typeof fault === "string" && !Object.hasOwn(FAULTS, fault)) {
    const kinds = Object.keys(FAULTS);
    const advice = didYouMean(fault, kinds, `choose from ${kinds.join(", ")}`);
    throw new KitError(`There is no kind of fault "${fault}": ${advice}`);
  }
}

interface Named {
  readonly vendor?: string;
  readonly operation?: string;
  /** The kind of a fault, or a whole fault, which `readFaultRule` has already checked. */
  readonly fault?: string | Fault;
}
