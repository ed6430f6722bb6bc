import { parseTime } from "../../../core/clock.ts";
import type { Flaw, Rule } from "../../../core/contract.ts";
import { hostActionsAmong } from "./host-actions.ts";

/** A larger difference comes from a missing time zone, not from a wrong clock. */
const HOUR_MS = 60 * 60 * 1000;
/** The smallest difference between two time zones. */
const TOLERANCE_MS = HOUR_MS / 2;

export const requestTime: Rule = {
  id: "qualys.request.time",
  severity: "info",
  basis: "documented",
  title: "requestTime is the time of the request",
  fix: "Put the current time into requestTime, in UTC with a Z or with its offset.",
  source:
    "Qualys EDR API, Perform Quarantine/UnQuarantine Host Action on Asset: requestTime says when the request was made",
  judge: (exchanges) =>
    hostActionsAmong(exchanges).flatMap(({ exchange, body }): Flaw[] => {
      const said = parseTime(String(body["requestTime"]));
      const at = parseTime(exchange.at);
      if (said === undefined || at === undefined) return [];
      const off = Math.abs(said - at);
      if (off < TOLERANCE_MS) return [];
      const hours = Math.round((10 * off) / HOUR_MS) / 10;
      return [
        {
          exchanges: [exchange.id],
          what: `/requestTime is ${body["requestTime"]}, ${hours} hours from the vendor's ${exchange.at}`,
        },
      ];
    }),
};
