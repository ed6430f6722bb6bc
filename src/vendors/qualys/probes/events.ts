import { isoTime } from "../../../core/clock.ts";
import type { Probe, ProbeValues } from "../../../core/contract.ts";
import { bearer } from "./bearer.ts";

/** From the first page of assets and of events, if it has a row. */
const ASSET = "the id of an asset";
const EVENT = "the path of an event";

const read = (pathOf: (known: ProbeValues) => string): Probe["ask"] => {
  return (known) => ({ method: "GET", path: pathOf(known), headers: bearer(known) });
};

const HOUR = 3_600_000;

/** A filter for the last hour of a field. */
const lastHour = (field: string, now: number): string =>
  encodeURIComponent(`${field}:["${isoTime(now - HOUR)}" .. "${isoTime(now)}"]`);

type Row = Readonly<Record<string, unknown>>;

const firstOf = (value: unknown): Row => (Array.isArray(value) ? (value[0] as Row) : {}) ?? {};

/** The calls that read events, incidents and assets. None changes anything. */
export const eventProbes: readonly Probe[] = [
  {
    id: "qualys.probe.events-last-hour",
    title: "The events of the last hour are listed",
    operation: "listEvents",
    causes: ["ok"],
    ask: read(({ now }) => `/ioc/events?pageSize=2&filter=${lastHour("event.datetime", now)}`),
  },
  {
    id: "qualys.probe.events-after",
    title: "Events are read by a cursor",
    operation: "searchEventsAfter",
    causes: ["ok"],
    ask: read(() => "/ioc/events/searchAfter?pageSize=2"),
    tells: (value) => {
      const { id, asset } = firstOf(value);
      const { agentId } = (asset ?? {}) as Row;
      return id && agentId ? { [EVENT]: `${agentId}/${encodeURIComponent(String(id))}` } : {};
    },
  },
  {
    id: "qualys.probe.one-event",
    title: "One event is read",
    operation: "getEvent",
    causes: ["ok"],
    ask: read(({ get }) => `/ioc/events/${get(EVENT)}`),
  },
  {
    id: "qualys.probe.time-buckets",
    title: "The events of the last hour are counted in five slices",
    operation: "countEventsInBuckets",
    causes: ["ok"],
    ask: read(({ now }) => {
      const [from, to] = [now - HOUR, now].map((at) => Math.floor(at / 1000));
      return `/ioc/events/count/time-buckets?fromDate=${from}&toDate=${to}&bucketCount=5`;
    }),
  },
  {
    id: "qualys.probe.incidents-after",
    title: "Incidents are read by a cursor",
    operation: "searchIncidentsAfter",
    causes: ["ok"],
    ask: read(
      ({ now }) =>
        `/ioc/incidents/searchAfter?pageSize=2&filter=${lastHour("incident.updatedon", now)}`,
    ),
  },
  {
    id: "qualys.probe.incident-events-after",
    title: "The events of incidents are read by a cursor",
    operation: "searchIncidentEventsAfter",
    causes: ["ok"],
    ask: read(() => "/ioc/incidents/events/searchAfter?pageSize=2"),
  },
  {
    id: "qualys.probe.assets-after",
    title: "Assets are read by a cursor",
    operation: "searchAssetsAfter",
    causes: ["ok"],
    ask: read(() => "/ioc/asset/searchAfter?pageSize=2"),
    tells: (value) => {
      const { id } = firstOf(value);
      return id ? { [ASSET]: String(id) } : {};
    },
  },
  {
    id: "qualys.probe.one-asset",
    title: "One asset is read",
    operation: "getAsset",
    causes: ["ok"],
    ask: read(({ get }) => `/ioc/asset/${get(ASSET)}`),
  },
];
