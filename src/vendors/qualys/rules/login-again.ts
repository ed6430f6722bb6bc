import { parseTime } from "../../../core/clock.ts";
import type { Rule } from "../../../core/contract.ts";
import type { Exchange } from "../../../core/journal/journal.ts";

const LIFETIME_MS = 4 * 60 * 60 * 1000;

export const loginAgain: Rule = {
  id: "qualys.login.again",
  severity: "info",
  basis: "documented",
  title: "A token is used until it expires",
  fix: "Keep the token for its four hours, and log in again only after a 401.",
  source: "Qualys API gateway, Fetch Authentication Token: a token is valid for four hours",
  judge: (exchanges) => {
    /** The last login of each user whose token is still in use. */
    const granted = new Map<string | null, Exchange>();
    const needless = exchanges.filter((exchange) => {
      if (losesToken(exchange)) granted.clear();
      if (!isGranted(exchange)) return false;
      const user = userOf(exchange);
      const before = granted.get(user);
      granted.set(user, exchange);
      return before !== undefined && timeOf(exchange) - timeOf(before) < LIFETIME_MS;
    });
    const [first] = needless;
    if (!first) return [];
    // One finding for all, because a client that logs in before every call has a single flaw.
    return [
      {
        exchanges: needless.map(({ id }) => id),
        what: `${needless.length} of the logins came while an earlier token was good`,
      },
    ];
  },
};

/** If the body was cut or the connection broke, the client has no token. */
const isGranted = ({ operation, reply, fault }: Exchange): boolean =>
  operation === "login" && reply?.status === 201 && fault === undefined;

/**
 * Refused, or sent to another host: clients take the token off there, and the 401 that they then get belongs to no
 * tenant.
 */
const losesToken = ({ reply, fault }: Exchange): boolean =>
  reply?.status === 401 || fault?.kind === "redirect";

const userOf = ({ request }: Exchange): string | null =>
  new URLSearchParams(request.body.text).get("username");

const timeOf = ({ at }: Exchange): number => parseTime(at) ?? 0;
