import type { Contract, Flaw, Rule } from "../../core/contract.ts";
import type { Exchange } from "../../core/journal/journal.ts";
import { callName, isOk } from "./reading.ts";

export const freshLogin = ({ logins }: Contract): Rule => ({
  id: "login.after-401",
  severity: "must",
  basis: "documented",
  title: "A token that has expired is followed by one fresh login",
  fix: "At a 401 log in once, repeat the call with the new token, and report a second 401.",
  source: "The vendors' documents: a token lives for hours, and a new one is had by the same call",
  judge: (exchanges) => {
    const isLogin = ({ operation = "" }: Exchange): boolean => logins.includes(operation);
    const isTry = (exchange: Exchange): boolean => isLogin(exchange) || isRefused(exchange);
    const flaws: Flaw[] = [];
    let hasLoggedIn = false;
    for (let at = 0; at < exchanges.length; at++) {
      const exchange = exchanges[at] as Exchange;
      if (isLogin(exchange)) hasLoggedIn ||= isOk(exchange);
      // A client that got its token without a login may have no password.
      if (!hasLoggedIn || isLogin(exchange) || !hasExpired(exchange)) continue;
      let next = at + 1;
      while (next < exchanges.length && isTry(exchanges[next] as Exchange)) next++;
      const until = exchanges.slice(at + 1, next);
      const tries = until.filter(isLogin);
      const good = tries.filter(isOk);
      const name = `${callName(exchange)} was answered 401`;
      if (tries.length === 0) {
        flaws.push({ exchanges: [exchange.id], what: `${name}, and no login followed` });
      } else if (good.length > 1) {
        const ids = good.map(({ id }) => id);
        flaws.push({
          exchanges: [exchange.id, ...ids],
          what: `${name}, and ${good.length} logins followed`,
        });
      }
      at += until.length;
    }
    return flaws;
  },
});

/** By the status, because a fault rule may send any body with it. */
const isRefused = ({ reply }: Exchange): boolean => reply?.status === 401;

/** The token was valid before: it expired, or a fault rejects it. */
const hasExpired = (exchange: Exchange): boolean =>
  isRefused(exchange) &&
  !exchange.aborted &&
  (exchange.fault !== undefined ||
    (exchange.refusal?.kind === "unauthenticated" && exchange.refusal.flaw === "lapsed"));
