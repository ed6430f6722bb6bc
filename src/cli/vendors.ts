import { KitError } from "../core/errors.ts";
import type { Vendor } from "../core/vendor.ts";
import { vendors } from "../vendors/index.ts";

/** The vendors with these names, or all of them. Throws a KitError for an unknown name. */
export function chooseVendors(names: readonly string[] | undefined): readonly Vendor[] {
  const unknown = names?.find((name) => !vendors.some((vendor) => vendor.name === name));
  if (unknown !== undefined) {
    const known = vendors.map(({ name }) => name).join(", ");
    throw new KitError(`There is no vendor "${unknown}": choose from ${known}.`);
  }
  return vendors.filter(({ name }) => names?.includes(name) ?? true);
}
