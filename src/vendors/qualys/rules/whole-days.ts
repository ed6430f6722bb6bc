import type { Flaw, Rule } from "../../../core/contract.ts";
import { eventReads } from "./event-reads.ts";

const DAY = 86_400;

export const wholeDays: Rule = {
  id: "qualys.query.whole-days",
  severity: "should",
  basis: "documented-old",
  title: "fromDate and toDate name days, not moments",
  fix: "For a time of day, use the filter: event.datetime and a range in ISO 8601 with a zone.",
  source:
    "Qualys EDR API, Fetch Incidents Using Scroll: the time in fromDate and toDate does not count; Indication of Compromise API User Guide 2.3: events within a date range",
  judge: (exchanges) =>
    eventReads(exchanges, /^(listEvents|countEvents|search(Incident)?EventsAfter)$/).flatMap(
      ({ exchange, query }): Flaw[] => {
        // A client that also gives the time in the filter gets what it wants.
        if (/datetime|processtime/i.test(query.get("filter") ?? "")) return [];
        const from = query.get("fromDate");
        const to = query.get("toDate");
        const parts = [
          ...(isInside(from, 0) ? [`fromDate=${from}`] : []),
          // The last second of a day is its end.
          ...(isInside(to, 0) && isInside(to, 1) ? [`toDate=${to}`] : []),
        ];
        if (parts.length === 0) return [];
        const what = `${parts.join(" and ")} has a time of day, which the vendor ignores`;
        return [{ exchanges: [exchange.id], what }];
      },
    ),
};

/** Whether a number of seconds, with `ahead` added, is not at the start of a day. */
const isInside = (seconds: string | null, ahead: number): boolean =>
  seconds !== null && /^\d{1,11}$/.test(seconds) && (Number(seconds) + ahead) % DAY !== 0;
