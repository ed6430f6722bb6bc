import { parseTime } from "../../../core/clock.ts";
import type { Flaw, Rule } from "../../../core/contract.ts";
import type { Exchange } from "../../../core/journal/journal.ts";
import { judgeEach, judgeInPieces } from "../../../core/judge-in-pieces.ts";
import { replyOf, requestData } from "./bodies.ts";

type Json = Readonly<Record<string, unknown>>;

/** Searches that are read page by page, with the list in their reply. */
const LISTS: Readonly<Record<string, string>> = {
  getIncidents: "incidents",
  getAlerts: "alerts",
  getAlertsV2: "alerts",
};

/** A time below this is in seconds: as milliseconds it would be in 1973. */
const SECONDS_BELOW = 100_000_000_000;

/** Searches whose times are in milliseconds only. Those of alerts take seconds too. */
const IN_MS: readonly string[] = ["getIncidents", "getEndpoint"];

const TIMES = /^(modification_time|creation_time|first_seen|last_seen)$/;

/** Calls to get_incident_extra_data that are documented for a minute. */
const EXTRA_DATA = { calls: 10, ms: 60_000 };

export const incidentRules: readonly Rule[] = [
  {
    id: "cortex.time.seconds",
    severity: "must",
    title: "A time in a filter is in milliseconds",
    fix: "Multiply the seconds by 1000: as milliseconds they are a moment in 1970, so that gte finds everything and lte nothing.",
    basis: "documented",
    source: "Cortex XDR REST API, Get all Incidents, filters creation_time and modification_time",
    judge: judgeEach((exchange) => {
      if (!IN_MS.includes(exchange.operation ?? "")) return [];
      return filtersOf(exchange).flatMap(({ field, value }): Flaw[] =>
        TIMES.test(String(field)) && isSeconds(value)
          ? [{ exchanges: [exchange.id], what: `${field} is compared with ${value}, in seconds` }]
          : [],
      );
    }),
  },
  {
    id: "cortex.paging.past-the-end",
    severity: "should",
    title: "Reading ends at the first empty page",
    fix: "Stop when a page is empty or not full, or when total_count is reached.",
    basis: "observed",
    source:
      "elastic/integrations packages/panw_cortex_xdr ends at an empty page, jnthans/wazuh-cortex-xdr at a page that is not full",
    judge: judgeInPieces(judgePaging),
  },
  {
    id: "cortex.incidents.resolve-comment",
    severity: "should",
    title: "A comment on the resolution is sent for a resolved incident",
    fix: "Send resolve_comment together with a status that begins with resolved_, or use notes or comment.",
    basis: "documented",
    source: "Cortex XDR REST API, Update an Incident, resolve_comment",
    judge: judgeEach((exchange) => {
      if (exchange.operation !== "updateIncident") return [];
      const update = requestData(exchange)?.["update_data"] as Json | null | undefined;
      if (update?.["resolve_comment"] === undefined) return [];
      const { status } = update;
      if (status === undefined || /^resolved_/i.test(String(status))) return [];
      const what = `it has a resolve_comment and the status ${JSON.stringify(status)}`;
      return [{ exchanges: [exchange.id], what }];
    }),
  },
  {
    id: "cortex.incidents.extra-data-rate",
    severity: "should",
    title: `get_incident_extra_data is called at most ${EXTRA_DATA.calls} times a minute`,
    fix: "Read the details of the incidents that matter, and wait a minute after ten calls.",
    basis: "documented",
    source: "Cortex XDR REST API, Get Extra Incident Data: 10 requests a minute",
    judge: (exchanges) => {
      const calls = exchanges.filter(({ operation }) => operation === "getIncidentExtraData");
      const over = calls.find((call, index) => {
        const first = calls[index - EXTRA_DATA.calls];
        return first && msBetween(first, call) < EXTRA_DATA.ms;
      });
      if (!over) return [];
      return [{ exchanges: [over.id], what: `it is call ${EXTRA_DATA.calls + 1} in a minute` }];
    },
  },
];

const msBetween = (first: Exchange, later: Exchange): number =>
  (parseTime(later.at) ?? 0) - (parseTime(first.at) ?? 0);

const filtersOf = (exchange: Exchange): readonly Json[] => {
  const filters = requestData(exchange)?.["filters"];
  return Array.isArray(filters)
    ? filters.filter((filter) => typeof filter === "object" && filter !== null)
    : [];
};

const isSeconds = (value: unknown): boolean =>
  typeof value === "number" && value > 0 && value < SECONDS_BELOW;

/** Pages that were asked for although an earlier one of the same search was empty. */
function* judgePaging(exchanges: readonly Exchange[]): Iterable<unknown, readonly Flaw[]> {
  const ends = new Map<string, { readonly from: number; readonly exchange: Exchange }>();
  const flaws: Flaw[] = [];
  for (const exchange of exchanges) {
    yield;
    const list = LISTS[exchange.operation ?? ""];
    if (list === undefined || exchange.fault !== undefined || exchange.aborted !== undefined) {
      continue;
    }
    const { search_from: start, search_to: _, ...rest } = requestData(exchange) ?? {};
    const from = Number(start ?? 0);
    const key = JSON.stringify([exchange.operation, rest]);
    const end = ends.get(key);
    // From an earlier page on, it reads again.
    if (end && from <= end.from) ends.delete(key);
    else if (end) {
      const what = `it asks for rows from ${from} on, although there were none from ${end.from} on`;
      flaws.push({ exchanges: [end.exchange.id, exchange.id], what });
      continue;
    }
    const rows = replyOf(exchange)?.[list];
    if (Array.isArray(rows) && rows.length === 0) ends.set(key, { from, exchange });
  }
  return flaws;
}
