import { VendorError } from "../../../core/errors.ts";
import { json, nothing, type Reply } from "../../../core/reply.ts";
import type { Tenant } from "../../../core/tenant.ts";
import type { Call, Operation } from "../../../core/vendor.ts";
import { eventFields } from "../event-fields.ts";
import { type Event, events } from "../events.ts";
import { parseFilter } from "../filter.ts";
import { eventView } from "../view.ts";
import { page } from "./page.ts";

/** GET /ioc/events */
export const listEvents: Operation = (call) => {
  const rows = page(found(call), call.query);
  return rowsOrNothing(rows, call.tenant);
};

/** GET /ioc/events/count */
export const countEvents: Operation = (call) => json({ count: found(call).length });

/** GET /ioc/events/searchAfter: the cursor comes back under both spellings of its header. */
export const searchEventsAfter: Operation = (call) => {
  const { query, tenant } = call;
  const all = found(call);
  const size = Number(query["pageSize"] ?? 10);
  const cursor = query["searchAfterValues"];
  const start =
    cursor === undefined
      ? Number(query["pageNumber"] ?? 0) * size
      : indexAfter(String(cursor), all, descending(call));
  const rows = all.slice(start, start + size);
  const reply = rowsOrNothing(rows, tenant);
  const last = rows.at(-1);
  if (!last) return reply;
  const after = cursorOf(last);
  return { ...reply, headers: { searchAfterValue: after, searchAfterValues: after } };
};

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

/** The events that match the query, sorted as it asks. Events of the same time are sorted by id. */
function found(call: Call): Event[] {
  const { query, tenant } = call;
  const matches = parseFilter(
    query["filter"] as string | undefined,
    eventFields(tenant),
    tenant.clock.now(),
  );
  const active = String(query["state"]).toLowerCase() === "true";
  const sign = descending(call) ? -1 : 1;
  return tenant.store
    .all(events)
    .filter((event) => !(active && event.gone) && matches(event))
    .sort((a, b) => sign * compare(a, b));
}

const compare = (a: Event, b: Event): number =>
  a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

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

const cursorOf = (event: Event): string => `${event.at},${event.id}`;

/** The index after the row that a cursor names. The row itself may no longer exist. */
function indexAfter(cursor: string, sorted: readonly Event[], newestFirst: boolean): number {
  const [, time, id = ""] = /^(\d{1,16}),(.+)$/.exec(cursor) ?? [];
  if (time === undefined) {
    const problem = { where: "query/searchAfterValues", what: "is not a cursor of this call" };
    throw new VendorError({ kind: "invalid", problem });
  }
  const order = (event: Event): number =>
    event.at - Number(time) || (event.id < id ? -1 : event.id > id ? 1 : 0);
  const index = sorted.findIndex((event) => (newestFirst ? order(event) < 0 : order(event) > 0));
  return index < 0 ? sorted.length : index;
}

/** An empty list is `[]` in the documents and a 204 in clients. */
function rowsOrNothing(rows: readonly Event[], tenant: Tenant): Reply {
  if (rows.length === 0 && tenant.settings.dialect === "observed") return nothing();
  return json(rows.map((event) => eventView(event, tenant)));
}
