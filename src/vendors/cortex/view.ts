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

/** An endpoint as get_endpoint shows it. Its isolation and scan status follow from the actions. */
export function fullView(endpoint: Endpoint, tenant: Tenant): Readonly<Record<string, unknown>> {
  const isolation = isolationOf(tenant, endpoint.id);
  const scan = lastScan(tenant, endpoint.id);
  const view: Record<string, unknown> = {
    endpoint_id: endpoint.id,
    endpoint_name: endpoint.name,
    endpoint_type: `AGENT_TYPE_${endpoint.type}`,
    endpoint_status: endpoint.status,
    os_type: `AGENT_OS_${endpoint.os}`,
    os_version: endpoint.osVersion,
    ip: endpoint.ip,
    ipv6: [],
    public_ip: "203.0.113.7",
    users: endpoint.users,
    domain: endpoint.domain,
    alias: "",
    first_seen: INSTALLED,
    last_seen: lastSeen(endpoint, tenant),
    content_version: "1990-26471",
    installation_package: `${OS_NAMES[endpoint.os]} package`,
    active_directory: null,
    install_date: INSTALLED,
    endpoint_version: endpoint.agentVersion,
    is_isolated: isolation.status,
    isolated_date: isolation.since,
    group_name: endpoint.groups,
    operational_status: protection(endpoint),
    operational_status_description: null,
    operational_status_details: [],
    scan_status: scan ? SCAN_STATUS[scan.state] : "SCAN_STATUS_NONE",
    content_release_timestamp: CONTENT,
    last_content_update_time: CONTENT,
    operating_system: `${OS_NAMES[endpoint.os]} ${endpoint.osVersion}`,
    mac_address: endpoint.mac,
    assigned_prevention_policy: `${OS_NAMES[endpoint.os]} Default`,
    assigned_extensions_policy: "",
    token_hash: null,
    tags: { server_tags: [], endpoint_tags: [] },
    content_status: "UP_TO_DATE",
    ...endpoint.own,
  };
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

const protection = ({ status }: Endpoint): string =>
  status === "CONNECTED" ? "PROTECTED" : "UNKNOWN";

const lastSeen = ({ status }: Endpoint, { clock }: Tenant): number =>
  status === "CONNECTED" ? clock.now() : LAST_HEARD;
