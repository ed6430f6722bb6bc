import { KitError } from "../core/errors.ts";
import { didYouMean } from "../core/nearest.ts";
import type { Vendor } from "../core/vendor.ts";
import { vendors } from "../vendors/index.ts";

/** The vendors with these names, or all of them. Throws a KitError for an unknown name. */
export function chooseVendors(names: readonly string[] | undefined): readonly Vendor[] {
  const unknown = names?.find((name) => !vendors.some((vendor) => vendor.name === name));
  if (unknown !== undefined) {
    const known = vendors.map(({ name }) => name);
    const advice = didYouMean(unknown, known, `choose from ${known.join(", ")}`);
    throw new KitError(`There is no vendor "${unknown}": ${advice}`);
  }
  return vendors.filter(({ name }) => names?.includes(name) ?? true);
}
