import type { ProbeRequest, ProbeValues } from "../../../core/contract.ts";
import { createRandom } from "../../../core/random.ts";
import { sign } from "../sign.ts";

export type Headers = Readonly<Record<string, string>>;

/** The headers of a standard key. */
export const standard = ({ get }: ProbeValues): Headers => ({
  "x-xdr-auth-id": get("CORTEX_API_KEY_ID"),
  authorization: get("CORTEX_API_KEY"),
});

/** The headers of an advanced key. */
export function advanced({ get, now }: ProbeValues): Headers {
  const nonce = createRandom(`nonce ${now}`).hex(64);
  const timestamp = String(now);
  return {
    "x-xdr-auth-id": get("CORTEX_ADVANCED_API_KEY_ID"),
    "x-xdr-nonce": nonce,
    "x-xdr-timestamp": timestamp,
    authorization: sign(get("CORTEX_ADVANCED_API_KEY"), nonce, timestamp),
  };
}

export const post = (call: string, headers: Headers, body: unknown): ProbeRequest => ({
  method: "POST",
  path: `/public_api/v1/${call}`,
  headers: { "content-type": "application/json", ...headers },
  body: typeof body === "string" ? body : JSON.stringify(body),
});

export const requestData = (data: unknown): unknown => ({ request_data: data });

/** An id that no endpoint has. */
export const NOBODY: string = "0".repeat(32);
/** The number that no incident has. */
export const NO_INCIDENT = "999999999";
export const FILE: { readonly file_path: string; readonly file_hash: string } = {
  file_path: "C:\\fauxdr\\probe.bin",
  file_hash: "fa0c5d".repeat(10).concat("0000"),
};
