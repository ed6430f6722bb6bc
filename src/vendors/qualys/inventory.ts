import { parseTime } from "../../core/clock.ts";
import { KitError } from "../../core/errors.ts";
import { type Collection, collection, type InventoryRow } from "../../core/inventory.ts";
import type { Tenant } from "../../core/tenant.ts";
import { activeId, type Event, type EventRow, events } from "./events.ts";
import { type Incident, incidents, incidentsOf, incidentView } from "./incidents.ts";
import { type Asset, assets } from "./state.ts";
import { assetView, eventView } from "./view.ts";

/** The rows that a test may add, in the form of the calls that list them. */
export const inventory: Readonly<Record<"assets" | "events" | "incidents", Collection>> = {
  assets: collection<Asset>({
    table: assets,
    complete: completeAsset,
    show: assetView,
    operation: "listAssets",
    reply: (shown) => [shown],
  }),
  events: collection<Event>({
    table: events,
    complete: completeEvent,
    show: eventView,
    operation: "listEvents",
    reply: (shown) => [shown],
  }),
  incidents: collection<Incident>({
    table: incidents,
    all: incidentsOf,
    complete: completeIncident,
    show: incidentView,
    operation: "searchIncidentsAfter",
    reply: (shown) => [shown],
  }),
};

/** Addresses that are free for examples. */
const INTERFACE = {
  interfaceName: "eth0",
  macAddress: "02:00:5e:10:00:01",
  gatewayAddress: "192.0.2.1",
  ipAddress: "192.0.2.10",
};

/** Without its own agentVersion, a host has an agent that can do everything. */
const AGENT_VERSION = "7.1.0.35";

function completeAsset(row: InventoryRow): Asset {
  const { agentId = row["id"], agentVersion = AGENT_VERSION, ...rest } = row;
  const platform = String(row["platform"]).toUpperCase();
  if (typeof agentId !== "string" || agentId === "") {
    throw new KitError("The row must have an agentId.");
  }
  if (platform !== "WINDOWS" && platform !== "LINUX" && platform !== "MAC") {
    throw new KitError("The platform of the row must be Windows, Linux or Mac.");
  }
  return {
    agentId,
    agentVersion: String(agentVersion),
    hostName: String(row["hostName"] ?? `host-${agentId.slice(0, 8)}`),
    platform,
    online: row["edrFunctionalStatus"] !== "Inactive",
    interfaces: ((row["interfaces"] ?? []) as Asset["interfaces"]).map((given) => ({
      ...INTERFACE,
      ...given,
    })),
    own: without(rest, ["id", "hostName", "platform", "edrFunctionalStatus", "interfaces"]),
  };
}

/** `T_<uuid>_<day>-<month>-<year>`: the object of such a row is no longer there. */
const HISTORICAL = /_\d{1,2}-\d{1,2}-\d{4}$/;

function completeEvent(given: InventoryRow, tenant: Tenant): Event {
  const agentId = hostIn(given, tenant);
  if (given["type"] === undefined) throw new KitError("The row must have a type, such as FILE.");
  const at = timeIn(given, "dateTime") ?? tenant.clock.now();
  const row = {
    action: "CREATED",
    eventSource: "EDR",
    ...without(given, given["id"] === null ? ["dateTime"] : ["id", "dateTime"]),
  } as unknown as EventRow;
  const id = given["id"] ?? freeId(row, agentId, tenant);
  return { id: String(id), agentId, at, gone: HISTORICAL.test(String(id)), row };
}

/** The agentId in the row's asset. Empty if the asset is null, or has none. */
function hostIn({ asset }: InventoryRow, { store }: Tenant): string {
  const { agentId } = (asset ?? {}) as InventoryRow;
  if (asset !== undefined && (agentId ?? null) === null) return "";
  if (typeof agentId === "string" && store.get(assets, agentId)) return agentId;
  throw new KitError(
    "The asset.agentId of the row must be that of an asset in the inventory. An asset that is null, or has no agentId, may be given too.",
  );
}

/** In milliseconds. Undefined if the row has no such member. */
function timeIn(row: InventoryRow, name: string): number | undefined {
  if (row[name] === undefined) return undefined;
  const at = parseTime(String(row[name]));
  if (at !== undefined) return at;
  throw new KitError(`The ${name} of the row must be a date-time with a zone.`);
}

function completeIncident(row: InventoryRow, tenant: Tenant): Incident {
  const detectedOn = timeIn(row, "detectedOn") ?? tenant.clock.now();
  const updatedOn = timeIn(row, "updatedOn") ?? detectedOn;
  if (updatedOn < detectedOn) {
    throw new KitError("The updatedOn of the row must not be before its detectedOn.");
  }
  return {
    id: String(row["id"] ?? freeIncidentId(tenant)),
    agentId: hostIn(row, tenant),
    detectedOn,
    updatedOn,
    score: Number(row["score"] ?? 8),
    own: without(row, ["id", "detectedOn", "updatedOn", "score"]),
  };
}

function freeId(row: EventRow, agentId: string, { store }: Tenant): string {
  let serial = store.all(events).length;
  let id: string;
  do id = activeId(row, agentId, String(++serial));
  while (store.get(events, id));
  return id;
}

function freeIncidentId({ store }: Tenant): string {
  let number = store.all(incidents).length + 1;
  while (store.get(incidents, `INC_${number}`)) number++;
  return `INC_${number}`;
}

const without = (row: InventoryRow, names: readonly string[]): InventoryRow =>
  Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name)));
