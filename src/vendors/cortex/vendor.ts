import { defineVendor, type Vendor } from "../../core/vendor.ts";
import { authenticate, claim } from "./auth.ts";
import { refuse } from "./errors.ts";
import { quarantineFiles } from "./operations/quarantine.ts";
import { pythonJson } from "./python.ts";
import { keys, seed, triggers } from "./state.ts";

const PURPOSES = {
  good: "standard key",
  unlicensed: "no licence (402)",
  forbidden: "no permission (403)",
  revoked: "revoked (401)",
} as const;

export const cortex: Vendor = defineVendor({
  name: "cortex",
  title: "Cortex XDR",
  spec: new URL("../../../specs/cortex/openapi.json", import.meta.url),
  claim,
  authenticate,
  operations: { quarantineFiles },
  refuse,
  // Recorded error bodies are Python's; the one recorded success is compact.
  encode: ({ status, value }, dialect) =>
    dialect === "observed" && status >= 400 ? pythonJson(value) : JSON.stringify(value),
  seed,
  credentials: ({ store }) =>
    store.all(keys).map(({ id, key, advanced, standing }) => ({
      purpose: advanced ? "advanced key" : PURPOSES[standing],
      claims: [id],
      values: { "x-xdr-auth-id": id, key },
      secrets: [key],
    })),
  triggers,
  sample: (url, { store }) => {
    const [key] = store.all(keys);
    const [endpoint] = triggers.keys();
    const filters = [{ field: "endpoint_id_list", operator: "in", value: [endpoint] }];
    const data = { filters, file_path: "C:\\temp\\test_x64.msi", file_hash: "0".repeat(64) };
    return [
      `curl ${url}/public_api/v1/endpoints/quarantine`,
      `-H 'x-xdr-auth-id: ${key?.id}'`,
      `-H 'Authorization: ${key?.key}'`,
      "-H 'Content-Type: application/json'",
      `-d '${JSON.stringify({ request_data: data })}'`,
    ].join(" \\\n  ");
  },
});
