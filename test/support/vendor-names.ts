import { vendors } from "../../src/vendors/index.ts";

/** The vendors as errors list them: `cortex, qualys`. */
export const VENDOR_NAMES: string = vendors.map(({ name }) => name).join(", ");
