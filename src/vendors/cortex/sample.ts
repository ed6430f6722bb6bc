import type { Credential, Vendor } from "../../core/vendor.ts";
import { triggers } from "./state.ts";

/** The headers of a standard key. */
export const present: Vendor["present"] = ({ values }) => ({
  "x-xdr-auth-id": values["x-xdr-auth-id"] ?? "",
  Authorization: values["key"] ?? "",
});

/** A quarantine call as a curl command. */
export function sample(url: string, credential: Credential): string {
  const [endpoint] = triggers.keys();
  const filters = [{ field: "endpoint_id_list", operator: "in", value: [endpoint] }];
  const data = { filters, file_path: "C:\\temp\\test_x64.msi", file_hash: "0".repeat(64) };
  return [
    `curl ${url}/public_api/v1/endpoints/quarantine`,
    ...Object.entries(present(credential)).map(([name, value]) => `-H '${name}: ${value}'`),
    "-H 'Content-Type: application/json'",
    `-d '${JSON.stringify({ request_data: data })}'`,
  ].join(" \\\n  ");
}
