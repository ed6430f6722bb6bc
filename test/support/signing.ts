import { expect } from "vitest";
import { read } from "./repository.ts";

/** A text with one place of it, which it has once, changed. */
export function changed(text: string, from: string, to: string): string {
  expect(text.split(from), from).toHaveLength(2);
  return text.replace(from, () => to);
}

const PLAIN_HEADERS = `    headers: {
      "content-type": "application/json",
      "x-xdr-auth-id": CORTEX_API_KEY_ID,
      authorization: CORTEX_API_KEY,
    },`;

const SIGNED = `
async function signed() {
  const nonce = Array.from(crypto.getRandomValues(new Uint8Array(32)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const timestamp = String(Date.now());
  const text = \`\${CORTEX_API_KEY}\${nonce}\${timestamp}\`;
  const digest = Buffer.from(await crypto.subtle.digest("SHA-256", Buffer.from(text))).toString("hex");
  return {
    "content-type": "application/json",
    "x-xdr-auth-id": CORTEX_API_KEY_ID,
    "x-xdr-nonce": nonce,
    "x-xdr-timestamp": timestamp,
    authorization: digest,
  };
}
`;

/** The Node example with an advanced key in place of the standard one. */
export const SIGNING_EXAMPLE: string = [
  [PLAIN_HEADERS, "    headers: await signed(),"],
  [
    "CORTEX_API_KEY_ID, CORTEX_API_KEY,",
    "CORTEX_ADVANCED_API_KEY_ID: CORTEX_API_KEY_ID, CORTEX_ADVANCED_API_KEY: CORTEX_API_KEY,",
  ],
  ["async function post(", `${SIGNED}\nasync function post(`],
].reduce(
  (text, [from = "", to = ""]) => changed(text, from, to),
  read("examples/cortex/client.mjs"),
);
