import type { Flaw, Rule } from "../../core/contract.ts";
import type { Exchange } from "../../core/journal/journal.ts";
import { callName } from "./reading.ts";

/** A credential is in no other header that a client sends along with a redirect. */
const CREDENTIAL = "authorization";

export const redirected: Rule = {
  id: "secret.redirected",
  severity: "must",
  basis: "documented",
  title: "Credentials do not follow a redirect to another host",
  fix: "Follow no redirect, or remove the credentials when its host is not the one that they are for.",
  source:
    "RFC 9110, section 15.4: Authorization is to be removed; CWE-522, Insufficiently Protected Credentials",
  judge: (exchanges) =>
    exchanges.flatMap((exchange, index): Flaw[] => {
      const { request, reply } = exchange;
      const host = targetOf(exchange);
      if (!reply || host === undefined || host === request.headers["host"]) return [];
      const next = exchanges
        .slice(index + 1)
        .find(
          (later) => later.request.headers["host"] === host && CREDENTIAL in later.request.headers,
        );
      if (!next) return [];
      const what = `${callName(exchange)} was redirected (${reply.status}) to ${host}, and the credential went there`;
      return [{ exchanges: [exchange.id, next.id], what }];
    }),
};

/** The host that a redirect names. Undefined for other replies, and for a place on the same host. */
function targetOf({ reply }: Exchange): string | undefined {
  const location = reply?.headers["location"];
  if (!reply || location === undefined || reply.status < 300 || reply.status > 399)
    return undefined;
  return /^https?:\/\/([^/?#]+)/i.exec(location)?.[1];
}
