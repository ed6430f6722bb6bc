import { parseTime } from "../../core/clock.ts";
import { KitError } from "../../core/errors.ts";
import { type Collection, collection, type InventoryRow } from "../../core/inventory.ts";
import type { Tenant } from "../../core/tenant.ts";
import { activeId, type Event, type EventRow, events } from "./events.ts";
import { type Asset, assets } from "./state.ts";
import { assetView, eventView } from "./view.ts";

/** The rows that a test may add, in the form of GET /ioc/events and GET /ioc/asset/all. */
export const inventory: Readonly<Record<"assets" | "events", Collection>> = {
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
  const { asset, dateTime } = given;
  const agentId = (asset as InventoryRow | undefined)?.["agentId"];
  if (typeof agentId !== "string" || !tenant.store.get(assets, agentId)) {
    throw new KitError("The asset.agentId of the row must be that of an asset in the inventory.");
  }
  if (given["type"] === undefined) throw new KitError("The row must have a type, such as FILE.");
  const at = dateTime === undefined ? tenant.clock.now() : parseTime(String(dateTime));
  if (at === undefined) {
    throw new KitError("The dateTime of the row must be a date-time with a zone.");
  }
  const row = {
    action: "CREATED",
    eventSource: "EDR",
    ...without(given, ["id", "dateTime"]),
  } as unknown as EventRow;
  const id = given["id"] ?? freeId(row, agentId, tenant);
  return { id: String(id), agentId, at, gone: HISTORICAL.test(String(id)), row };
}

function freeId(row: EventRow, agentId: string, { store }: Tenant): string {
  let serial = store.all(events).length;
  let id: string;
  do id = activeId(row, agentId, String(++serial));
  while (store.get(events, id));
  return id;
}

const without = (row: InventoryRow, names: readonly string[]): InventoryRow =>
  Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name)));
