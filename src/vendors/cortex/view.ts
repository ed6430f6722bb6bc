import { parseTime } from "../../core/clock.ts";
import type { Tenant } from "../../core/tenant.ts";
import { isolationOf, lastScan } from "./actions.ts";
import type { Endpoint } from "./state.ts";

export const OS_NAMES = { WINDOWS: "Windows", LINUX: "Linux", MAC: "macOS" } as const;
const SCAN_STATUS = {
  pending: "SCAN_STATUS_PENDING",
  running: "SCAN_STATUS_IN_PROGRESS",
  aborting: "SCAN_STATUS_PENDING_CANCELLATION",
  succeeded: "SCAN_STATUS_SUCCESS",
  partial: "SCAN_STATUS_SUCCESS",
  failed: "SCAN_STATUS_ERROR",
  "timed-out": "SCAN_STATUS_TIMEOUT",
  expired: "SCAN_STATUS_TIMEOUT",
  cancelled: "SCAN_STATUS_CANCELED",
  aborted: "SCAN_STATUS_ABORTED",
} as const;

/** When the agents of the fixtures were installed, and when the offline ones last reported. */
const INSTALLED = parseTime("2025-03-03T08:00:00Z") ?? 0;
const LAST_HEARD = parseTime("2025-11-14T17:30:00Z") ?? 0;
const CONTENT = parseTime("2025-11-10T06:00:00Z") ?? 0;

const protection = ({ status }: Endpoint): string =>
  status === "CONNECTED" ? "PROTECTED" : "UNKNOWN";

const lastSeen = ({ status }: Endpoint, { clock }: Tenant): number =>
  status === "CONNECTED" ? clock.now() : LAST_HEARD;

function scanStatus({ id }: Endpoint, tenant: Tenant): string {
  const scan = lastScan(tenant, id);
  return scan ? SCAN_STATUS[scan.state] : "SCAN_STATUS_NONE";
}

type Column = (endpoint: Endpoint, tenant: Tenant) => unknown;

/** What get_endpoint shows of an endpoint. Its isolation and scan status follow from the actions. */
const COLUMNS: Readonly<Record<string, Column>> = {
  endpoint_id: (endpoint) => endpoint.id,
  endpoint_name: (endpoint) => endpoint.name,
  endpoint_type: (endpoint) => `AGENT_TYPE_${endpoint.type}`,
  endpoint_status: (endpoint) => endpoint.status,
  os_type: (endpoint) => `AGENT_OS_${endpoint.os}`,
  os_version: (endpoint) => endpoint.osVersion,
  ip: (endpoint) => endpoint.ip,
  ipv6: () => [],
  public_ip: () => "203.0.113.7",
  users: (endpoint) => endpoint.users,
  domain: (endpoint) => endpoint.domain,
  alias: () => "",
  first_seen: () => INSTALLED,
  last_seen: lastSeen,
  content_version: () => "1990-26471",
  installation_package: (endpoint) => `${OS_NAMES[endpoint.os]} package`,
  active_directory: () => null,
  install_date: () => INSTALLED,
  endpoint_version: (endpoint) => endpoint.agentVersion,
  is_isolated: (endpoint, tenant) => isolationOf(tenant, endpoint.id).status,
  isolated_date: (endpoint, tenant) => isolationOf(tenant, endpoint.id).since,
  group_name: (endpoint) => endpoint.groups,
  operational_status: protection,
  operational_status_description: () => null,
  operational_status_details: () => [],
  scan_status: scanStatus,
  content_release_timestamp: () => CONTENT,
  last_content_update_time: () => CONTENT,
  operating_system: (endpoint) => `${OS_NAMES[endpoint.os]} ${endpoint.osVersion}`,
  mac_address: (endpoint) => endpoint.mac,
  assigned_prevention_policy: (endpoint) => `${OS_NAMES[endpoint.os]} Default`,
  assigned_extensions_policy: () => "",
  token_hash: () => null,
  tags: () => ({ server_tags: [], endpoint_tags: [] }),
  content_status: () => "UP_TO_DATE",
};

/** Columns that follow from more than the endpoint's row: from the time or from actions. */
const CHANGING: ReadonlySet<string> = new Set([
  "last_seen",
  "is_isolated",
  "isolated_date",
  "scan_status",
]);

/** Whether a column stays the same until the endpoint's row changes. */
export const isSteady = (name: string): boolean => !CHANGING.has(name);

/** Reads one column, so that a filter need not make the whole view of each endpoint of a large fleet. */
export function columnOf(name: string): Column {
  const column = COLUMNS[name];
  return (endpoint, tenant) => {
    const { own, lacks } = endpoint;
    if (lacks?.includes(name)) return undefined;
    return own && Object.hasOwn(own, name) ? own[name] : column?.(endpoint, tenant);
  };
}

/** An endpoint as get_endpoint shows it. */
export function fullView(endpoint: Endpoint, tenant: Tenant): Readonly<Record<string, unknown>> {
  const view: Record<string, unknown> = {};
  for (const [name, column] of Object.entries(COLUMNS)) view[name] = column(endpoint, tenant);
  Object.assign(view, endpoint.own);
  for (const name of endpoint.lacks ?? []) delete view[name];
  return view;
}

/** An endpoint as get_endpoints shows it. */
export const shortView = (
  endpoint: Endpoint,
  tenant: Tenant,
): Readonly<Record<string, unknown>> => ({
  agent_id: endpoint.id,
  agent_status: endpoint.status,
  operational_status: endpoint.own?.["operational_status"] ?? protection(endpoint),
  host_name: endpoint.name,
  agent_type: endpoint.type === "SERVER" ? "Server" : "Workstation",
  ip: endpoint.ip,
  last_seen: lastSeen(endpoint, tenant),
  tags: endpoint.own?.["tags"] ?? { server_tags: [], endpoint_tags: [] },
  users: endpoint.users,
});
