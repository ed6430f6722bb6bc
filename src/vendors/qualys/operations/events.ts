import { derived } from "../../../core/derived.ts";
import { VendorError } from "../../../core/errors.ts";
import { json, type Reply } from "../../../core/reply.ts";
import type { Call, Operation } from "../../../core/vendor.ts";
import { eventFields } from "../event-fields.ts";
import { type Event, isMalicious, pastEvent, pastEvents } from "../events.ts";
import { parseFilter } from "../filter.ts";
import { eventView } from "../view.ts";
import { isOnDays } from "./days.ts";
import { page } from "./page.ts";
import { rowsOrNothing } from "./rows.ts";
import { compareIds, type Position, searchAfter } from "./search-after.ts";

/** GET /ioc/events */
export const listEvents: Operation = (call) => {
  const rows = page(found(call), orderOf(call), call.query);
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
  const event = pastEvent(eventId, tenant);
  if (event?.agentId !== agentId || !event) {
    throw new VendorError({ kind: "not-found", what: "event", id: eventId });
  }
  // An array, although there can only be one event.
  return json([eventView(event, tenant)]);
};

const searchEvents = (call: Call, rows: readonly Event[]): Reply =>
  searchAfter(call, {
    rows,
    positionOf: (event) => event,
    order: orderOf(call),
    keyAt: (position) => position,
    show: (event) => eventView(event, call.tenant),
  });

/** The events that match the query, in no order. */
function found(call: Call): readonly Event[] {
  const { query, tenant } = call;
  const filter = query["filter"] as string | undefined;
  const matches = parseFilter(filter, eventFields(tenant), tenant.clock.now());
  const isInRange = isOnDays(query);
  const active = String(query["state"]).toLowerCase() === "true";
  const all = pastEvents(tenant);
  if (!matches && !isInRange && !active) return all;
  const matching = (): readonly Event[] =>
    all.filter(
      (event) =>
        !(active && event.gone) && isInRange?.(event.at) !== false && matches?.(event) !== false,
    );
  // Clients ask for page after page with the same query.
  if (filter !== undefined && CHANGING.test(filter)) return matching();
  const key = JSON.stringify([filter, query["fromDate"], query["toDate"], active]);
  return derived(all, key, matching);
}

/** Filters whose result follows from more than the events: from the time or from the assets. */
const CHANGING = /now|asset/i;

const oldestFirst = (a: Position, b: Position): number => a.at - b.at || compareIds(a.id, b.id);
const newestFirst = (a: Position, b: Position): number => oldestFirst(b, a);

/** Reads `[{"event.datetime":"asc"}]`. Without a sort, the newest come first. Events of the same time are sorted by id. */
function orderOf({ query }: Call): (a: Position, b: Position) => number {
  const { sort } = query;
  if (sort === undefined) return newestFirst;
  const direction = /^\s*\[\s*\{\s*"event\.date[tT]ime"\s*:\s*"(asc|desc)"\s*\}\s*\]\s*$/i.exec(
    String(sort),
  );
  if (direction) return direction[1]?.toLowerCase() === "desc" ? newestFirst : oldestFirst;
  const problem = { where: "query/sort", what: 'must be [{"event.datetime":"asc"}] or "desc"' };
  throw new VendorError({ kind: "invalid", problem });
}
