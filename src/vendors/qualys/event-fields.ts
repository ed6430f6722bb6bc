import { parseTime } from "../../core/clock.ts";
import type { Tenant } from "../../core/tenant.ts";
import type { Event } from "./events.ts";
import type { Field, Fields } from "./filter.ts";
import { type Asset, assets } from "./state.ts";

type Kind = Field<Event>["kind"];

/** The value at a path such as `file.md5` of a row. */
const at = (path: string): Field<Event>["read"] => {
  const members = path.split(".");
  return ({ row }) => {
    let value: unknown = row;
    for (const member of members) {
      value = (value as Readonly<Record<string, unknown>> | null | undefined)?.[member];
    }
    return value as string | number | undefined;
  };
};

/**
 * The fields of a row, by their names in filters. Documented, or sent by clients that ran against the vendor: type,
 * action, file.*, handle.name, network.*.ip and fqdn, indicator.score, system.*. The others are assumed.
 */
const IN_ROW: readonly (readonly [name: string, kind: Kind, path: string])[] = [
  ["type", "keyword", "type"],
  ["action", "keyword", "action"],
  ["eventsource", "keyword", "eventSource"],
  ["event.type", "keyword", "type"],
  ["event.action", "keyword", "action"],
  ["event.score", "number", "score"],
  ["file.name", "text", "file.fileName"],
  ["file.fullpath", "text", "file.fullPath"],
  ["file.path", "text", "file.path"],
  ["file.extension", "keyword", "file.extension"],
  ["file.hash.md5", "keyword", "file.md5"],
  ["file.hash.sha256", "keyword", "file.sha256"],
  ["handle.name", "text", "handle.name"],
  ["network.local.address.ip", "keyword", "network.localIP"],
  ["network.local.address.port", "number", "network.localPort"],
  ["network.remote.address.ip", "keyword", "network.remoteIP"],
  ["network.remote.address.port", "number", "network.remotePort"],
  ["network.remote.address.fqdn", "text", "network.remoteDns"],
  ["network.protocol", "keyword", "network.protocol"],
  ["process.name", "text", "process.processName"],
  ["process.pid", "number", "process.pid"],
  ["process.arguments", "text", "process.arguments"],
  ["process.image.fullpath", "text", "process.fullPath"],
  ["process.username", "text", "process.userName"],
  ["parent.pid", "number", "process.parentPid"],
  ["registry.key", "text", "registry.key"],
  ["registry.path", "text", "registry.path"],
  ["registry.data", "text", "registry.data"],
  ["registry.value.name", "text", "registry.valueName"],
  ["system.eventid", "number", "system.eventId"],
  ["system.provider", "text", "system.provider"],
];

const ROW_FIELDS: Fields<Event> = Object.fromEntries(
  IN_ROW.map(([name, kind, path]) => [name, { kind, read: at(path) }]),
);

/** The fields that a filter of events can use. */
export function eventFields({ store }: Tenant): Fields<Event> {
  const host = ({ agentId }: Event): Asset | undefined => store.get(assets, agentId);
  return {
    ...ROW_FIELDS,
    "event.id": { kind: "keyword", read: ({ id }) => id },
    "event.datetime": { kind: "moment", read: ({ at }) => at },
    "event.eventprocesstime": {
      kind: "moment",
      read: ({ row }) => parseTime(String(row["eventProcessedTime"])),
    },
    "file.hash": {
      kind: "keyword",
      read: (event) => ["file.md5", "file.sha256"].flatMap((path) => at(path)(event)),
    },
    "indicator.score": { kind: "number", read: scoresOf },
    "asset.agentid": { kind: "keyword", read: ({ agentId }) => agentId },
    "asset.hostname": { kind: "text", read: (event) => host(event)?.hostName },
    "asset.platform": { kind: "keyword", read: (event) => host(event)?.platform },
  };
}

/** The scores of an event's indicators, or its own score if it has none. */
function scoresOf({ row }: Event): readonly (string | number | undefined)[] {
  const scores = (row.indicator2 ?? []).flatMap(({ score }) => score ?? []);
  return scores.length > 0 ? scores : [row.score];
}
