import { nothing } from "../core/reply.ts";
import type { WireRequest } from "../core/vendor.ts";
import type { Answer } from "./answer.ts";

/** Lets web pages of other sites call the vendors. The vendors themselves do not allow that. */
export interface Cors {
  /** The answer to a preflight request. Undefined for any other request. */
  preflight(request: WireRequest): Answer | undefined;
  /** The same answer, with headers that let the page read the reply. */
  open(request: WireRequest, answer: Answer): Answer;
}

/** CORS for pages of these origins. Cookies are never allowed. */
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
        // Listed by name, because a * does not cover Authorization.
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
