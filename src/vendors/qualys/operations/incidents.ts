import type { Tenant } from "../../../core/tenant.ts";
import type { Call, Operation } from "../../../core/vendor.ts";
import { type Event, events } from "../events.ts";
import { type Fields, parseFilter } from "../filter.ts";
import { assets } from "../state.ts";
import { eventTime } from "../times.ts";
import { isMalicious } from "./events.ts";
import { compareIds, type Position, searchAfter } from "./search-after.ts";

/** The malicious events of one host. What an incident looks like is not public. */
interface Incident {
  readonly id: string;
  readonly agentId: string;
  readonly hostName: string;
  /** In milliseconds. */
  readonly detectedOn: number;
  readonly updatedOn: number;
  readonly score: number;
}

const FIELDS: Fields<Incident> = {
  "incident.detectedon": { kind: "moment", read: ({ detectedOn }) => detectedOn },
  "incident.updatedon": { kind: "moment", read: ({ updatedOn }) => updatedOn },
  "incident.source": { kind: "keyword", read: () => "EDR" },
};

/** GET /ioc/incidents/searchAfter: the newest first. */
export const searchIncidentsAfter: Operation = (call) =>
  searchAfter(call, {
    rows: found(call),
    positionOf,
    compare: (incident, position) => compare(positionOf(incident), position),
    show: ({ detectedOn, updatedOn, agentId, hostName, id, score }) => ({
      id,
      description: `Malicious activity on ${hostName}`,
      source: "EDR",
      status: "OPEN",
      score,
      detectedOn: eventTime(detectedOn),
      updatedOn: eventTime(updatedOn),
      assignee: null,
      asset: { agentId, hostName },
    }),
  });

const positionOf = ({ detectedOn: at, id }: Incident): Position => ({ at, id });

const compare = (a: Position, b: Position): number => b.at - a.at || compareIds(a.id, b.id);

function found({ query, tenant }: Call): Incident[] {
  const filter = query["filter"] as string | undefined;
  return incidentsOf(tenant)
    .filter(parseFilter(filter, FIELDS, tenant.clock.now()))
    .sort((a, b) => compare(positionOf(a), positionOf(b)));
}

function incidentsOf({ store }: Tenant): Incident[] {
  const byHost = new Map<string, Event[]>();
  for (const event of store.all(events).filter(isMalicious)) {
    byHost.set(event.agentId, [...(byHost.get(event.agentId) ?? []), event]);
  }
  return [...byHost].map(([agentId, seen]) => {
    const times = seen.map(({ at }) => at);
    return {
      id: `INC_${agentId}`,
      agentId,
      hostName: store.get(assets, agentId)?.hostName ?? "",
      detectedOn: Math.min(...times),
      updatedOn: Math.max(...times),
      score: Math.max(...seen.map(({ row }) => Number(row.score))),
    };
  });
}
