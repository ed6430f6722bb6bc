import { parseHttpDate } from "../../core/clock.ts";
import type { Rule } from "../../core/contract.ts";
import type { Exchange } from "../../core/journal/journal.ts";
import { callName, nextSame, repliedAt, waited } from "./reading.ts";

/** Timers may fire a little early, and an HTTP date has no milliseconds. */
const TOLERANCE_MS = 50;

export const earlyRetry: Rule = {
  id: "retry.early",
  severity: "must",
  basis: "documented",
  title: "A client that gets Retry-After waits that long before it sends the request again",
  fix: "Read Retry-After (seconds, or a date) and send the request again after that time, or not at all.",
  source: "RFC 9110, section 10.2.3; RFC 6585, section 4",
  judge: (exchanges) =>
    exchanges.flatMap((exchange, index) => {
      const toldMs = retryAfterMs(exchange);
      if (toldMs === undefined) return [];
      const again = exchanges[nextSame(exchanges)[index] ?? -1];
      const ms = again && waited(exchange, again);
      if (!again || ms === undefined || ms >= toldMs - TOLERANCE_MS) return [];
      return [
        {
          exchanges: [exchange.id, again.id],
          what: `${callName(exchange)} was told to wait ${toldMs / 1000} s and came back after ${(ms / 1000).toFixed(1)} s`,
        },
      ];
    }),
};

function retryAfterMs(exchange: Exchange): number | undefined {
  const { reply, aborted } = exchange;
  const value = reply?.headers["retry-after"];
  if (value === undefined || aborted) return undefined;
  if (/^\d+$/.test(value)) return 1000 * Number(value);
  const at = parseHttpDate(value);
  // A date is cut to whole seconds, so the client may be up to a second early.
  return at === undefined ? undefined : Math.max(0, at - repliedAt(exchange) - 1000);
}
