import { readFileSync } from "node:fs";
import type { Tenant } from "../../core/tenant.ts";
import { type Alert, addAlert } from "./alerts.ts";
import { type Incident, incidents } from "./incidents.ts";

/** An incident with its alerts, before it has a time. */
export interface IncidentSeed extends Pick<Incident, "status" | "own" | "files" | "network"> {
  /** A number below ten million, the same in every tenant. */
  readonly number: number;
  readonly minutesAgo: number;
  readonly resolvedMinutesAgo?: number;
  readonly alerts: readonly AlertSeed[];
}

export interface AlertSeed extends Pick<Alert, "endpoint" | "severity" | "source" | "row"> {
  /** Like that of the incident. */
  readonly number: number;
}

/** How long before its incident an alert is detected. */
const DETECTED_BEFORE_MS = 90_000;

/** An id. Each tenant has its own range, so that another tenant's id is unknown. */
const idOf = (number: number, tenant: Tenant): string =>
  String(tenant.number * 10_000_000 + number);

/** Puts an incident and its alerts into a tenant, some time before now. */
export function addIncident(seed: IncidentSeed, tenant: Tenant): void {
  const { number, minutesAgo, resolvedMinutesAgo, alerts, ...rest } = seed;
  const ago = (minutes: number): number => tenant.clock.now() - minutes * 60_000;
  const id = idOf(number, tenant);
  const created = ago(minutesAgo);
  const resolved = resolvedMinutesAgo === undefined ? undefined : ago(resolvedMinutesAgo);
  const modified = resolved ?? created;
  const incident = { id, created, modified, ...(resolved !== undefined && { resolved }), ...rest };
  tenant.store.put(incidents, incident);
  for (const { number: alert, ...own } of alerts) {
    addAlert(
      { id: idOf(alert, tenant), incident: id, at: created - DETECTED_BEFORE_MS, ...own },
      tenant,
    );
  }
}

const FIXTURES = new URL("../../../fixtures/cortex/incidents.json", import.meta.url);
let seeds: readonly IncidentSeed[] | undefined;

/** Fills a tenant with its incidents. */
export function seedIncidents(tenant: Tenant): void {
  seeds ??= JSON.parse(readFileSync(FIXTURES, "utf8")) as readonly IncidentSeed[];
  for (const seed of seeds) addIncident(seed, tenant);
}
