import { KitError } from "../../core/errors.ts";
import { type Collection, collection, type InventoryRow } from "../../core/inventory.ts";
import { alertRows, incidentRows } from "./incident-inventory.ts";
import { type Endpoint, endpoints } from "./state.ts";
import { fullView } from "./view.ts";

/** The rows that a test may add, in the form of get_endpoint and get_incident_extra_data. */
export const inventory: Readonly<Record<"endpoints" | "incidents" | "alerts", Collection>> = {
  incidents: incidentRows,
  alerts: alertRows,
  endpoints: collection<Endpoint>({
    table: endpoints,
    complete,
    show: fullView,
    operation: "getEndpoint",
    reply: (shown) => ({ reply: { total_count: 1, result_count: 1, endpoints: [shown] } }),
  }),
};

/** What the actions on an endpoint decide. A row may repeat it, but cannot set it. */
const OF_ACTIONS: Readonly<Record<string, unknown>> = {
  is_isolated: "AGENT_UNISOLATED",
  isolated_date: null,
  scan_status: "SCAN_STATUS_NONE",
};

/** Without its own endpoint_version, an endpoint has an agent that can do everything. */
const AGENT_VERSION = "8.5.0.1250";

function complete(row: InventoryRow): Endpoint {
  const { endpoint_id: id } = row;
  if (typeof id !== "string" || id === "") throw new KitError("The row must have an endpoint_id.");
  for (const [name, usual] of Object.entries(OF_ACTIONS)) {
    if (row[name] !== undefined && row[name] !== usual) {
      throw new KitError(`${name} follows from the actions on the endpoint: make one with a call.`);
    }
  }
  return {
    id,
    name: String(row["endpoint_name"] ?? `host-${id.slice(0, 8)}`),
    type: one(row, "endpoint_type", /^AGENT_TYPE_(SERVER|WORKSTATION)$/, "WORKSTATION"),
    status: one(row, "endpoint_status", /^(CONNECTED|DISCONNECTED|LOST|UNINSTALLED)$/, "CONNECTED"),
    os: one(row, "os_type", /^AGENT_OS_(WINDOWS|LINUX|MAC)$/, "WINDOWS"),
    osVersion: String(row["os_version"] ?? "10.0.22631"),
    agentVersion: String(row["endpoint_version"] ?? AGENT_VERSION),
    ip: texts(row["ip"]),
    mac: texts(row["mac_address"]),
    users: texts(row["users"]),
    domain: String(row["domain"] ?? ""),
    groups: texts(row["group_name"]),
    own: Object.fromEntries(Object.entries(row).filter((member) => !isDerived(member))),
  };
}

/** A word of a row without its prefix. Throws a KitError for one that fauxdr has no machine for. */
function one<Word extends string>(
  row: InventoryRow,
  name: string,
  pattern: RegExp,
  usual: Word,
): Word {
  const given = row[name];
  if (given === undefined) return usual;
  const [, word] = pattern.exec(String(given)) ?? [];
  if (word === undefined) {
    throw new KitError(`The ${name} of the row must match ${pattern.source}.`);
  }
  return word as Word;
}

/** Members of the view that the endpoint's other parts, or its actions, decide. */
const DERIVED =
  /^(endpoint_(id|name|type|status|version)|os_(type|version)|ip|mac_address|domain|is_isolated|isolated_date|scan_status)$/;

/** Users and groups stay unchanged if they are not lists, as in some tenants. */
const isDerived = ([name, value]: readonly [string, unknown]): boolean =>
  DERIVED.test(name) || (/^(users|group_name)$/.test(name) && Array.isArray(value));

const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((entry) => typeof entry === "string") : [];
