import { isoTime } from "../../../core/clock.ts";
import { VendorError } from "../../../core/errors.ts";
import { json } from "../../../core/reply.ts";
import type { Operation } from "../../../core/vendor.ts";
import { type Event, pastEvents } from "../events.ts";
import { type Field, parseFilter } from "../filter.ts";

const DATE_TIME: Field<Event> = { kind: "moment", read: ({ at }) => at };

const HOUR = 3600;

/**
 * GET /ioc/events/count/time-buckets: the number of events in each bucket. Buckets begin at multiples of their width,
 * so the first begins before `fromDate` and the last ends before `toDate`.
 */
export const countEventsInBuckets: Operation = ({ query, tenant }) => {
  const now = tenant.clock.now();
  const to = Number(query["toDate"] ?? Math.floor(now / 1000));
  const from = Number(query["fromDate"] ?? to - 24 * HOUR);
  const count = Number(query["bucketCount"] ?? 24);
  if (from >= to) {
    const problem = { where: "query/fromDate", what: "must be before toDate" };
    throw new VendorError({ kind: "invalid", problem });
  }
  const matches = parseFilter(
    query["filter"] as string | undefined,
    { datetime: DATE_TIME },
    now,
    "ignore unknown fields",
  );
  const width = (1000 * (to - from)) / count;
  const start = Math.floor((1000 * from) / width) * width;
  const seen = new Array<number>(count).fill(0);
  for (const event of pastEvents(tenant)) {
    const bucket = Math.floor((event.at - start) / width);
    if (bucket >= 0 && bucket < count && matches?.(event) !== false)
      seen[bucket] = (seen[bucket] ?? 0) + 1;
  }
  const edge = (index: number): string => isoTime(Math.round(start + index * width));
  return json(
    Object.fromEntries(seen.map((events, index) => [`${edge(index)}_${edge(index + 1)}`, events])),
  );
};
