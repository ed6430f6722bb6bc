import type { Values } from "../core/setting.ts";
import type { Vendor } from "../core/vendor.ts";
import * as all from "./all.ts";

/** All vendors, in the order of their names. */
export const vendors: readonly Vendor[] = Object.values(all);

/** The settings of all of them together. */
export type VendorSettings = Together<Values<(typeof all)[keyof typeof all]["settings"]>>;

/** The intersection of a union's members. */
type Together<Union> = (Union extends unknown ? (member: Union) => void : never) extends (
  all: infer Intersection,
) => void
  ? Intersection
  : never;
