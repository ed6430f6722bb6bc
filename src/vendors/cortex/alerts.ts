import type { Table } from "../../core/store.ts";
import type { Tenant } from "../../core/tenant.ts";

/** The severities of alerts, from the least to the most severe. */
export const ALERT_SEVERITIES = ["informational", "low", "medium", "high", "critical"] as const;

export type AlertSeverity = (typeof ALERT_SEVERITIES)[number];

/** An alert. Those that name the same incident make it up. */
export interface Alert {
  readonly id: string;
  /** The id of its incident. */
  readonly incident?: string;
  /** When it was detected, in milliseconds. */
  readonly at: number;
  readonly severity: AlertSeverity;
  /** The product that raised it, such as `XDR Agent`. */
  readonly source: string;
  /** The id of its endpoint, which may no longer exist. */
  readonly endpoint?: string;
  /** Its other members as get_incident_extra_data shows them. They replace those that follow from the rest. */
  readonly row: Readonly<Record<string, unknown>>;
}

export const alerts: Table<Alert> = {
  name: "cortex.alerts",
  key: ({ id }) => id,
  shape: {
    members: {
      id: "text",
      at: "moment",
      severity: { oneOf: ALERT_SEVERITIES },
      source: "text",
      row: { members: {} },
    },
    optional: { incident: "text", endpoint: "text" },
  },
};

/** Store list: the ids of the alerts of an incident. Its key is the incident's id. */
const OF_INCIDENT = "cortex.alerts of incident";

/** Stores an alert, or replaces the one with its id. */
export function addAlert(alert: Alert, { store }: Tenant): void {
  const { id, incident } = alert;
  store.put(alerts, alert);
  if (incident !== undefined && !store.list(OF_INCIDENT, incident).includes(id)) {
    store.append(OF_INCIDENT, incident, id);
  }
}

/** The alerts of an incident, oldest first. An alert may have been removed, or have another incident by now. */
export const alertsOf = (incident: string, { store }: Tenant): readonly Alert[] =>
  store
    .list(OF_INCIDENT, incident)
    .flatMap((id) => store.get(alerts, id) ?? [])
    .filter((alert) => alert.incident === incident);
