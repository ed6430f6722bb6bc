import type { Vendor } from "../core/vendor.ts";
import { cortex } from "./cortex/vendor.ts";
import { qualys } from "./qualys/vendor.ts";

/** Every vendor that fauxdr stands in for. A new one is a line here and its four folders. */
export const vendors: readonly Vendor[] = [cortex, qualys];
