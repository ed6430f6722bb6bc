import { defineVendor, type Vendor } from "../../core/vendor.ts";
import { apiKeyOf, authenticate, claim, present, sample } from "./auth.ts";
import { contract } from "./contract.ts";
import { refuse } from "./errors.ts";
import { getAction } from "./operations/get-action.ts";
import { isolateDevice } from "./operations/isolate-device.ts";
import { settings } from "./settings.ts";
import { actions, enlarge, seed, tables, triggers } from "./state.ts";

export const acme: Vendor<typeof settings> = defineVendor({
  name: "acme",
  title: "Acme",
  emulates: "v1",
  spec: new URL("../../../specs/acme/openapi.json", import.meta.url),
  claim,
  authenticate,
  operations: { isolateAcmeDevice: isolateDevice, getAcmeAction: getAction },
  refuse,
  seed,
  enlarge,
  actions,
  inventory: {},
  tables,
  credentials: (tenant) => [
    {
      purpose: "standard key",
      claims: [apiKeyOf(tenant)],
      values: { key: apiKeyOf(tenant) },
      secrets: [apiKeyOf(tenant)],
    },
  ],
  present,
  sample,
  triggers,
  scenarios: [],
  settings,
  contract,
});
