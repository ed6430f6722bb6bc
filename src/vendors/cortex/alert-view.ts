import type { Tenant } from "../../core/tenant.ts";
import { AFTER_EVENT, BEFORE_EVENT, OF_EVENT, USUAL } from "./alert-columns.ts";
import type { Alert } from "./alerts.ts";
import { type Endpoint, endpoints } from "./state.ts";
import { OS_NAMES } from "./view.ts";

type Row = Readonly<Record<string, unknown>>;

/** How long after its detection an alert is stored. */
const STORED_AFTER_MS = 4_000;

/** When the alert was stored: clients use it because alerts of hosts that were offline come late. */
export const storedAt = ({ at, row }: Alert): number =>
  typeof row["local_insert_ts"] === "number" ? row["local_insert_ts"] : at + STORED_AFTER_MS;

/** The id of the alert outside of the vendor's product, 32 hexadecimal digits. */
export const externalId = ({ id, row }: Alert): string =>
  typeof row["external_id"] === "string"
    ? row["external_id"]
    : Number(id).toString(16).padStart(32, "0");

/** Words for an alert's action. Only these are published. */
const PRETTY: Readonly<Record<string, string>> = {
  BLOCKED: "Prevented (Blocked)",
  DETECTED: "Detected",
  REPORTED: "Detected (Reported)",
  NOT_AVAILABLE: "N/A",
};

type Values = (name: string) => unknown;

/** Adds these members to a row, null where there is no value. One row and no copies: a page has up to 15,000 members. */
function add(row: Writable, names: readonly string[], values: Values): void {
  for (const name of names) row[name] = values(name) ?? null;
}

type Writable = Record<string, unknown>;

/** An alert as get_incident_extra_data shows it: plain values, several of them joined by commas. */
export function flatAlert(alert: Alert, tenant: Tenant): Row {
  const values = alertValues(alert, tenant);
  const plain: Values = (name) => values[name];
  const row: Writable = {};
  add(row, BEFORE_EVENT, plain);
  add(row, ["case_id", "agent_is_vdi"], plain);
  add(row, OF_EVENT, plain);
  add(row, AFTER_EVENT, plain);
  add(row, FLAT_END, plain);
  row["events_length"] = 1;
  add(row, ["action_pretty"], plain);
  // A row that a test puts in may have members of some tenants only.
  return Object.assign(row, alert.row);
}

const FLAT_END = [
  ...["tags", "malicious_urls", "alert_id", "detection_timestamp", "name"],
  ...["category", "endpoint_id", "description", "host_ip", "host_name", "mac"],
  ...["action", "source", "original_tags", "user_name"],
];

/** An alert in the first form of get_alerts_multi_events: what describes its event is in `events`. */
export function alertWithEvents(alert: Alert, tenant: Tenant): Row {
  const values = alertValues(alert, tenant);
  const lists = listsOf(values);
  const plain: Values = (name) => values[name];
  const inLists: Values = (name) => (Object.hasOwn(lists, name) ? lists[name] : values[name]);
  const row: Writable = {};
  const event: Writable = {};
  add(row, BEFORE_EVENT, inLists);
  add(row, ["mac"], plain);
  add(row, AFTER_EVENT, plain);
  add(event, OF_EVENT, plain);
  add(event, ["user_name"], plain);
  row["events"] = [event];
  add(row, ["alert_id", "detection_timestamp", "name", "category", "endpoint_id"], plain);
  add(row, ["description", "host_ip", "host_name", "mac_addresses"], inLists);
  add(row, ["source", "action", "action_pretty"], plain);
  row["tags"] = lists["tags"];
  return row;
}

/** An alert in the second form: what can differ between events is a list. */
export function alertInLists(alert: Alert, tenant: Tenant): Row {
  const values = alertValues(alert, tenant);
  const lists = listsOf(values);
  const all: Values = (name) => {
    if (Object.hasOwn(lists, name)) return lists[name];
    return IN_LISTS.has(name) ? listed(values[name]) : values[name];
  };
  const row: Writable = {};
  add(row, BEFORE_EVENT, all);
  add(row, ["case_id", "agent_is_vdi"], all);
  add(row, OF_EVENT, all);
  add(row, AFTER_EVENT, all);
  add(row, ["tags", "malicious_urls"], all);
  row["events"] = null;
  add(row, ["alert_id", "detection_timestamp", "name", "category", "endpoint_id"], all);
  add(row, ["description", "host_ip", "host_name", "action", "source", "original_tags"], all);
  add(row, ["user_name", "mac_addresses", "action_pretty"], all);
  return row;
}

/** Members of the event that the second form shows as single values. */
const SINGLE: readonly string[] = ["agent_install_type", "module_id"];
const IN_LISTS: ReadonlySet<string> = new Set(OF_EVENT.filter((name) => !SINGLE.includes(name)));

const listed = (value: unknown): unknown =>
  value === null || value === undefined ? null : [value];

/** Tactics or techniques that a row joins with commas. Their names may have commas too. */
export const namesIn = (joined: unknown): readonly string[] =>
  typeof joined === "string" && joined !== "" ? joined.split(/, (?=TA?\d)/) : [];

/** The members that both forms of get_alerts_multi_events show as lists. */
function listsOf(values: Row): Row {
  const split = (name: string, by: string | RegExp): readonly string[] | null => {
    const value = values[name];
    return typeof value === "string" && value !== "" ? value.split(by) : null;
  };
  const names = (name: string): readonly string[] | null =>
    values[name] === null || values[name] === undefined ? null : namesIn(values[name]);
  return {
    mitre_technique_id_and_name: names("mitre_technique_id_and_name"),
    mitre_tactic_id_and_name: names("mitre_tactic_id_and_name"),
    host_ip: split("host_ip", /, ?/),
    tags: split("tags", /, ?/),
    original_tags: split("original_tags", /, ?/),
    user_name: listed(values["user_name"]),
    mac_addresses: listed(values["mac"]),
  };
}

/** What an incident shows of an alert. */
export const briefAlert = ({ endpoint: id, row }: Alert, { store }: Tenant): Row => {
  const endpoint = id === undefined ? undefined : store.get(endpoints, id);
  return { host_name: endpoint?.name, tags: tagsOf(endpoint), endpoint_id: id, ...row };
};

/** The members of an alert that are not null, with plain values. */
export function alertValues(alert: Alert, tenant: Tenant): Row {
  const { id, incident, at, severity, source, endpoint: endpointId, row } = alert;
  const endpoint = endpointId === undefined ? undefined : tenant.store.get(endpoints, endpointId);
  const tags = row["tags"] ?? tagsOf(endpoint);
  return {
    ...USUAL,
    ...(endpointId === undefined ? NO_HOST : HOST),
    ...(endpoint && ofEndpoint(endpoint)),
    external_id: externalId(alert),
    severity,
    local_insert_ts: storedAt(alert),
    case_id: incident === undefined ? null : Number(incident),
    event_timestamp: at,
    alert_id: id,
    detection_timestamp: at,
    endpoint_id: endpointId ?? null,
    source,
    tags,
    original_tags: tags,
    action_pretty: PRETTY[String(row["action"])] ?? row["action"],
    ...row,
  };
}

const NO_HOST: Row = {
  matching_status: "UNMATCHABLE",
  agent_os_type: "NO_HOST",
  agent_install_type: "NA",
};
const HOST: Row = {
  matching_status: "MATCHED",
  agent_install_type: "STANDARD",
  agent_is_vdi: false,
};

const ofEndpoint = ({ os, osVersion, agentVersion, domain, ip, name, mac }: Endpoint): Row => ({
  agent_os_type: OS_NAMES[os],
  agent_os_sub_type: osVersion,
  agent_version: agentVersion,
  agent_device_domain: domain || null,
  agent_data_collection_status: false,
  host_ip: ip.join(", ") || null,
  host_name: name,
  mac: mac[0] ?? null,
});

/** DS: the data source. EG: the groups of the endpoint. */
const tagsOf = (endpoint: Endpoint | undefined): string | null =>
  endpoint
    ? ["DS:PANW/XDR Agent", ...endpoint.groups.map((group) => `EG:${group}`)].join(",")
    : null;
