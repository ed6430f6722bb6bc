import { KitError } from "../../core/errors.ts";
import { type Collection, collection, type InventoryRow } from "../../core/inventory.ts";
import type { Table } from "../../core/store.ts";
import type { Tenant } from "../../core/tenant.ts";
import { flatAlert } from "./alert-view.ts";
import { ALERT_SEVERITIES, type Alert, addAlert, alerts } from "./alerts.ts";
import { incidentView } from "./incident-view.ts";
import { type Incident, incidents } from "./incidents.ts";

/** Incidents as get_incidents shows them. They may also have file_artifacts and network_artifacts. */
export const incidentRows: Collection = collection<Incident>({
  table: incidents,
  complete: completeIncident,
  show: (incident, tenant) => ({
    ...incidentView(incident, tenant),
    ...(incident.files && { file_artifacts: incident.files }),
    ...(incident.network && { network_artifacts: incident.network }),
  }),
  operation: "getIncidentExtraData",
  reply: ({ file_artifacts = [], network_artifacts = [], ...incident }) => ({
    reply: {
      incident,
      alerts: all([]),
      network_artifacts: all(network_artifacts),
      file_artifacts: all(file_artifacts),
    },
  }),
});

/** Alerts as get_incident_extra_data shows them. Their case_id is the number of their incident. */
export const alertRows: Collection = collection<Alert>({
  table: alerts,
  complete: completeAlert,
  insert: addAlert,
  show: flatAlert,
  operation: "getIncidentExtraData",
  reply: (shown, tenant) => ({
    reply: {
      incident: incidentView({ id: "0", created: 0, modified: 0, status: "new", own: {} }, tenant),
      alerts: all([shown]),
      network_artifacts: all([]),
      file_artifacts: all([]),
    },
  }),
});

const all = (data: unknown): InventoryRow => ({
  total_count: Array.isArray(data) ? data.length : 0,
  data,
});

function completeIncident(row: InventoryRow, tenant: Tenant): Incident {
  const {
    incident_id = nextId(incidents, tenant),
    creation_time = row["modification_time"] ?? tenant.clock.now(),
    modification_time = creation_time,
    status = "new",
    resolved_timestamp,
    file_artifacts: files,
    network_artifacts: network,
    ...own
  } = row;
  return {
    id: idIn("incident_id", incident_id),
    created: timeIn("creation_time", creation_time),
    modified: timeIn("modification_time", modification_time),
    status: String(status),
    ...(typeof resolved_timestamp === "number" && { resolved: resolved_timestamp }),
    ...(files !== undefined && { files: rowsIn("file_artifacts", files) }),
    ...(network !== undefined && { network: rowsIn("network_artifacts", network) }),
    own,
  };
}

function completeAlert(row: InventoryRow, tenant: Tenant): Alert {
  const {
    alert_id = nextId(alerts, tenant),
    case_id,
    detection_timestamp = tenant.clock.now(),
    severity = "medium",
    endpoint_id,
    ...rest
  } = row;
  const id = idIn("alert_id", alert_id);
  const incident = case_id === undefined || case_id === null ? undefined : String(case_id);
  if (incident !== undefined && !tenant.store.get(incidents, incident)) {
    throw new KitError(`There is no incident ${incident}, the case_id of the row: add it first.`);
  }
  const known = ALERT_SEVERITIES.find((word) => word === severity);
  if (!known) {
    throw new KitError(`The severity of the row must be one of: ${ALERT_SEVERITIES.join(", ")}.`);
  }
  return {
    id,
    ...(incident !== undefined && { incident }),
    at: timeIn("detection_timestamp", detection_timestamp),
    severity: known,
    source: String(row["source"] ?? "XDR Agent"),
    ...(endpoint_id !== undefined && endpoint_id !== null && { endpoint: String(endpoint_id) }),
    row: { name: `Alert ${id}`, description: "", category: "Malware", action: "DETECTED", ...rest },
  };
}

/** The number after the largest id of a table. */
function nextId<Row extends { readonly id: string }>(
  table: Table<Row>,
  { store, number }: Tenant,
): string {
  let largest = number * 10_000_000;
  for (const { id } of store.all(table)) {
    if (/^\d{1,15}$/.test(id)) largest = Math.max(largest, Number(id));
  }
  return String(largest + 1);
}

function idIn(name: string, value: unknown): string {
  if (/^\d{1,15}$/.test(String(value))) return String(value);
  throw new KitError(`The ${name} of the row must be a number.`);
}

function timeIn(name: string, value: unknown): number {
  if (Number.isSafeInteger(value) && (value as number) >= 0) return value as number;
  throw new KitError(`The ${name} of the row must be milliseconds since 1970.`);
}

function rowsIn(name: string, value: unknown): readonly InventoryRow[] {
  if (Array.isArray(value) && value.every((one) => typeof one === "object" && one !== null)) {
    return value;
  }
  throw new KitError(`The ${name} of the row must be a list of objects.`);
}
