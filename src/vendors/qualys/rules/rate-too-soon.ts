import { parseTime } from "../../../core/clock.ts";
import type { Flaw, Rule } from "../../../core/contract.ts";
import type { Exchange } from "../../../core/journal/journal.ts";

export const rateTooSoon: Rule = {
  id: "qualys.rate.too-soon",
  severity: "should",
  basis: "documented",
  title: "After a call over the rate limit, the next one waits for X-RateLimit-ToWait-Sec",
  fix: "Read X-RateLimit-ToWait-Sec of a 429 (or 409), and send no call for that many seconds.",
  source: "Qualys API gateway, API Rate Limits (printed for other modules)",
  judge: (exchanges) => {
    // Logging in is not limited.
    const limited = exchanges.filter(({ operation }) => !/^login/.test(operation ?? ""));
    return limited.flatMap((exchange, index): Flaw[] => {
      const seconds = toWait(exchange);
      const next = limited[index + 1];
      if (seconds === 0 || !next) return [];
      const waited = (timeOf(next) - timeOf(exchange)) / 1000;
      if (waited >= seconds) return [];
      return [
        {
          exchanges: [exchange.id, next.id],
          what: `the next call came after ${waited} of ${seconds} seconds`,
        },
      ];
    });
  },
};

/** Undefined if the reply is not such an error, or has Retry-After, which a general rule judges. */
function toWait({ reply }: Exchange): number {
  if (reply?.status !== 429 && reply?.status !== 409) return 0;
  if (reply.headers["retry-after"] !== undefined) return 0;
  return Number(reply.headers["x-ratelimit-towait-sec"] ?? 0);
}

const timeOf = ({ at }: Exchange): number => parseTime(at) ?? 0;
