import { PATH as CORTEX } from "./cortex.ts";
import { PATH as QUALYS } from "./qualys.ts";

/** A request with a secret in it. */
export interface Planted {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

type Plant = (secret: string) => Partial<Planted>;

const JSON_TYPE = { "content-type": "application/json" };
const FORM = { "content-type": "application/x-www-form-urlencoded" };

/** Every byte in hexadecimal digits, as no client must but any may. */
const percented = (secret: string): string =>
  [...Buffer.from(secret)].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");

const escaped = (secret: string): string =>
  [...secret].map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`).join("");

/** Where the name alone shows that it is a credential. */
export const BY_NAME: Readonly<Record<string, Plant>> = {
  Authorization: (secret) => ({ headers: { authorization: secret } }),
  "Authorization, Bearer": (secret) => ({ headers: { authorization: `Bearer ${secret}` } }),
  "Authorization, Basic": (secret) => ({
    headers: { authorization: `Basic ${Buffer.from(`jane:${secret}`).toString("base64")}` },
  }),
  "Proxy-Authorization": (secret) => ({ headers: { "proxy-authorization": secret } }),
  "a key header": (secret) => ({ headers: { "x-api-key": secret } }),
  "a token header": (secret) => ({ headers: { "x-auth-token": secret } }),
  "a secret header": (secret) => ({ path: "/auth/oidc", headers: { clientsecret: secret } }),
  "a cookie": (secret) => ({ headers: { cookie: `session=${secret}; a=b` } }),
  "a nonce": (secret) => ({ headers: { "x-xdr-nonce": secret } }),
  "a query parameter": (secret) => ({
    path: `${CORTEX}?a=b&api_key=${encodeURIComponent(secret)}&c=d`,
  }),
  "a query parameter, every byte encoded": (secret) => ({
    path: `${QUALYS}?access_token=${percented(secret)}`,
  }),
  "a field": (secret) => ({
    headers: JSON_TYPE,
    body: JSON.stringify({ a: { password: secret } }),
  }),
  "a field, escaped": (secret) => ({
    headers: JSON_TYPE,
    body: `{"token" : "${escaped(secret)}"}`,
  }),
  "a field that breaks off": (secret) => ({
    headers: JSON_TYPE,
    body: `{"client_secret":"${JSON.stringify(secret).slice(1, -1)}`,
  }),
  "a form's field": (secret) => ({
    path: "/auth",
    headers: FORM,
    body: String(new URLSearchParams({ username: "jane", password: secret, permissions: "true" })),
  }),
};

/** Where nothing shows it. */
export const ANYWHERE: Readonly<Record<string, Plant>> = {
  "a header of no such name": (secret) => ({ headers: { "x-note": `see ${secret}.` } }),
  "a path": (secret) => ({ path: `/ioc/${encodeURIComponent(secret)}/x` }),
  "a path of nobody": (secret) => ({ path: `/nowhere/${encodeURIComponent(secret)}` }),
  "a path, every byte encoded": (secret) => ({ path: `/public_api/v1/${percented(secret)}` }),
  "a query": (secret) => ({ path: `${CORTEX}?note=${encodeURIComponent(secret)}` }),
  "a query without a name": (secret) => ({ path: `${QUALYS}?${percented(secret)}` }),
  "a text in a body": (secret) => ({
    headers: JSON_TYPE,
    body: JSON.stringify({ request_data: { file_path: `C:\\${secret}\\x` } }),
  }),
  "a text in a body, escaped": (secret) => ({
    headers: JSON_TYPE,
    body: `{"comment":"<${escaped(secret)}>"}`,
  }),
  "a name in a body": (secret) => ({
    headers: JSON_TYPE,
    body: JSON.stringify({ request_data: { [secret]: 1 } }),
  }),
  "a form": (secret) => ({
    path: "/auth",
    headers: FORM,
    body: String(new URLSearchParams({ note: secret })),
  }),
  "a body that is neither": (secret) => ({
    headers: { "content-type": "text/plain" },
    body: `key ${secret}, please`,
  }),
};

export const planted = (plant: Plant, secret: string): Planted => ({
  path: CORTEX,
  body: "{}",
  ...plant(secret),
  headers: { ...JSON_TYPE, ...plant(secret).headers },
});

/** Whether a text has a secret in it, in any encoding that can be reversed. */
export function leaks(text: string, secret: string): boolean {
  const plain = text.replace(
    /\\+(?:u([0-9a-f]{4})|(["/\\]))/gi,
    (_, code?: string, one?: string) =>
      code === undefined ? (one ?? "") : String.fromCharCode(Number.parseInt(code, 16)),
  );
  const decoded = plain
    .replaceAll("+", " ")
    .replace(/%([0-9a-f]{2})/gi, (_, code: string) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    );
  const base64 = Buffer.from(`jane:${secret}`).toString("base64");
  return [text, plain, decoded, decoded.replaceAll(" ", "+")].some((one) =>
    [secret, secret.replaceAll("+", " "), base64].some((form) => one.includes(form)),
  );
}
