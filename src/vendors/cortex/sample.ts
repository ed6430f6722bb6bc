import type { Credential } from "../../core/vendor.ts";
import { triggers } from "./state.ts";

/** A quarantine call for a shell. */
export function sample(url: string, { values }: Credential): string {
  const [endpoint] = triggers.keys();
  const filters = [{ field: "endpoint_id_list", operator: "in", value: [endpoint] }];
  const data = { filters, file_path: "C:\\temp\\test_x64.msi", file_hash: "0".repeat(64) };
  return [
    `curl ${url}/public_api/v1/endpoints/quarantine`,
    `-H 'x-xdr-auth-id: ${values["x-xdr-auth-id"]}'`,
    `-H 'Authorization: ${values["key"]}'`,
    "-H 'Content-Type: application/json'",
    `-d '${JSON.stringify({ request_data: data })}'`,
  ].join(" \\\n  ");
}
