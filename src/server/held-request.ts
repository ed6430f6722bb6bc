import type { WireRequest } from "../core/vendor.ts";

/** A request as the journal holds it until its exchange is read. */
export type HeldRequest = Omit<WireRequest, "path" | "query" | "body"> & {
  /** As Latin-1 text, because a small Buffer takes three times the memory. */
  readonly body: Buffer | string;
};

/** The headers of the last held request. */
export interface LastHeaders {
  headers: WireRequest["headers"];
}

/** Keeps the parts of a request that an exchange needs. Equal headers are held once, because clients repeat them. */
export function held(request: HeldRequest, last: LastHeaders): HeldRequest {
  const { scheme, httpVersion, method, url, headers, body, received, sha256 } = request;
  if (!isEqual(headers, last.headers)) last.headers = headers;
  const text = typeof body === "string" ? body : body.toString("latin1");
  const kept = { scheme, httpVersion, method, url, headers: last.headers, body: text };
  return received === undefined || sha256 === undefined ? kept : { ...kept, received, sha256 };
}

/** The bytes of a held body. */
export const bodyOf = ({ body }: HeldRequest): Buffer =>
  typeof body === "string" ? Buffer.from(body, "latin1") : body;

/** Also in the same order, because the journal shows it. */
function isEqual(some: WireRequest["headers"], others: WireRequest["headers"]): boolean {
  const names = Object.keys(others);
  let at = 0;
  for (const name in some) {
    if (name !== names[at++] || some[name] !== others[name]) return false;
  }
  return at === names.length;
}
