import { VendorError } from "../../../core/errors.ts";
import { json } from "../../../core/reply.ts";
import type { Call, Operation } from "../../../core/vendor.ts";
import { eventFields } from "../event-fields.ts";
import { type Event, events } from "../events.ts";
import { parseFilter } from "../filter.ts";
import { eventView } from "../view.ts";
import { isOnDays } from "./days.ts";
import { page } from "./page.ts";
import { rowsOrNothing } from "./rows.ts";
import { compareIds, type Position, searchAfter } from "./search-after.ts";

/** GET /ioc/events */
export const listEvents: Operation = (call) => {
  const rows = page(found(call), call.query);
  return rowsOrNothing(
    rows.map((event) => eventView(event, call.tenant)),
    call,
  );
};

/** GET /ioc/events/count */
export const countEvents: Operation = (call) => json({ count: found(call).length });

/** GET /ioc/events/searchAfter */
export const searchEventsAfter: Operation = (call) => searchEvents(call, found(call));

/** GET /ioc/incidents/events/searchAfter: the events that incidents are made of. */
export const searchIncidentEventsAfter: Operation = (call) =>
  searchEvents(call, found(call).filter(isMalicious));

/** GET /ioc/events/{agentId}/{eventId} */
export const getEvent: Operation = ({ params, tenant }) => {
  const { agentId, eventId = "" } = params;
  const event = tenant.store.get(events, eventId);
  if (event?.agentId !== agentId || !event) {
    throw new VendorError({ kind: "not-found", what: "event", id: eventId });
  }
  // An array, although there can only be one event.
  return json([eventView(event, tenant)]);
};

/** Scores from 8 on are malicious. */
export const isMalicious = ({ row }: Event): boolean => Number(row.score) >= 8;

const searchEvents = (call: Call, rows: readonly Event[]): ReturnType<typeof searchAfter> => {
  const sign = descending(call) ? -1 : 1;
  return searchAfter(call, {
    rows,
    positionOf: (event) => event,
    compare: (event, position) => sign * compare(event, position),
    show: (event) => eventView(event, call.tenant),
  });
};

/** The events that match the query, sorted as it asks. Events of the same time are sorted by id. */
function found(call: Call): Event[] {
  const { query, tenant } = call;
  const matches = parseFilter(
    query["filter"] as string | undefined,
    eventFields(tenant),
    tenant.clock.now(),
  );
  const isInRange = isOnDays(query);
  const active = String(query["state"]).toLowerCase() === "true";
  const sign = descending(call) ? -1 : 1;
  return tenant.store
    .all(events)
    .filter((event) => !(active && event.gone) && isInRange(event.at) && matches(event))
    .sort((a, b) => sign * compare(a, b));
}

const compare = (a: Position, b: Position): number => a.at - b.at || compareIds(a.id, b.id);

/** Reads `[{"event.datetime":"asc"}]`. Without a sort, the newest come first. */
function descending({ query }: Call): boolean {
  const { sort } = query;
  if (sort === undefined) return true;
  const direction = /^\s*\[\s*\{\s*"event\.date[tT]ime"\s*:\s*"(asc|desc)"\s*\}\s*\]\s*$/i.exec(
    String(sort),
  );
  if (direction) return direction[1]?.toLowerCase() === "desc";
  const problem = { where: "query/sort", what: 'must be [{"event.datetime":"asc"}] or "desc"' };
  throw new VendorError({ kind: "invalid", problem });
}
