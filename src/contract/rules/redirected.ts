import type { Contract, Flaw, Rule } from "../../core/contract.ts";
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
    followed(exchanges, "the credential", ({ request }) => CREDENTIAL in request.headers),
};

/** No document forbids to send a body after a 307, so that this is no `must`. */
export const redirectedLogin = ({ logins }: Contract): Rule => ({
  id: "login.redirected",
  severity: "should",
  basis: "documented",
  title: "A login does not follow a redirect to another host",
  fix: "Follow no redirect of a login: its body has the password, and a 307 or 308 sends it again.",
  source:
    "RFC 9110, section 15.4: a request that is not known to be safe needs care before it follows a redirect; CWE-522, Insufficiently Protected Credentials",
  judge: (exchanges) =>
    followed(
      exchanges,
      "the login with its password",
      ({ operation = "", request }) => logins.includes(operation) && request.body.bytes > 0,
    ),
});

/** The redirects to another host to which the client then sent something that is for the first host only. */
function followed(
  exchanges: readonly Exchange[],
  what: string,
  carries: (exchange: Exchange) => boolean,
): Flaw[] {
  const flaws: Flaw[] = [];
  /** By host: the next exchange, from the end of the journal on, that carries it. */
  const next = new Map<string | undefined, Exchange>();
  for (const exchange of exchanges.toReversed()) {
    const { id, request, reply } = exchange;
    const own = request.headers["host"];
    const host = targetOf(exchange);
    const later = host === undefined || host === own ? undefined : next.get(host);
    if (later) {
      const where = `${callName(exchange)} was redirected (${reply?.status}) to ${host}`;
      flaws.push({ exchanges: [id, later.id], what: `${where}, and ${what} went there` });
    }
    if (carries(exchange)) next.set(own, exchange);
  }
  return flaws.reverse();
}

/** The host that a redirect names. Undefined for other replies, and for a place on the same host. */
function targetOf({ reply }: Exchange): string | undefined {
  const location = reply?.headers["location"];
  if (!reply || location === undefined || reply.status < 300 || reply.status > 399)
    return undefined;
  return /^https?:\/\/([^/?#]+)/i.exec(location)?.[1];
}
