import { nothing } from "../core/reply.ts";
import type { WireRequest } from "../core/vendor.ts";
import type { Answer } from "./answer.ts";

/** Lets web pages of other sites call the vendors, as no vendor does by itself. */
export interface Cors {
  /** The answer to a browser that asks before it calls; nothing for any other request. It is no call of a vendor. */
  preflight(request: WireRequest): Answer | undefined;
  /** The same answer, in a reply that the page may read. */
  open(request: WireRequest, answer: Answer): Answer;
}

/** Browsers send their cookies to none of these pages: credentials are never allowed. */
export function createCors(origins: readonly string[]): Cors {
  const listed = ({ headers: { origin } }: WireRequest): string | undefined =>
    origin !== undefined && (origins.includes(origin) || origins.includes("*"))
      ? origin
      : undefined;
  return {
    preflight: (request) => {
      const { method, headers } = request;
      const wanted = headers["access-control-request-method"];
      if (method !== "OPTIONS" || wanted === undefined || !listed(request)) return undefined;
      const allowed = {
        "access-control-allow-methods": wanted,
        // Said name by name: a * would not cover Authorization.
        "access-control-allow-headers": headers["access-control-request-headers"] ?? "",
      };
      return { reply: nothing({ cause: "preflight", headers: allowed }) };
    },
    open: (request, answer) => {
      const origin = listed(request);
      if (origin === undefined) return answer;
      const headers = {
        ...answer.reply.headers,
        "access-control-allow-origin": origin,
        "access-control-expose-headers": "*",
        vary: answer.route?.compressible ? "accept-encoding, origin" : "origin",
      };
      return { ...answer, reply: { ...answer.reply, headers } };
    },
  };
}
