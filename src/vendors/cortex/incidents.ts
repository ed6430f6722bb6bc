import type { Table } from "../../core/store.ts";
import type { Tenant } from "../../core/tenant.ts";

type Row = Readonly<Record<string, unknown>>;

/** An incident. What is not here follows from its alerts. */
export interface Incident {
  /** Digits. */
  readonly id: string;
  /** In milliseconds, like all its times. */
  readonly created: number;
  readonly modified: number;
  /** A word as in replies. */
  readonly status: string;
  /** Missing while it is not resolved. */
  readonly resolved?: number;
  /** A status that somebody sets when the details are first read. */
  readonly meanwhile?: string;
  /** A status that somebody sets right after the details were first read. */
  readonly afterwards?: string;
  readonly comments?: readonly Comment[];
  /** Members as get_incidents shows them. They replace those that follow from the rest. */
  readonly own: Row;
  /** Artifacts as get_incident_extra_data shows them, in place of those that follow from the alerts. */
  readonly files?: readonly Row[];
  readonly network?: readonly Row[];
}

export interface Comment {
  readonly at: number;
  /** The id of the API key that wrote it. */
  readonly by: string;
  readonly value: string;
}

export const incidents: Table<Incident> = {
  name: "cortex.incidents",
  key: ({ id }) => id,
  shape: {
    members: {
      id: "text",
      created: "moment",
      modified: "moment",
      status: "text",
      own: { members: {} },
    },
    optional: {
      resolved: "moment",
      meanwhile: "text",
      afterwards: "text",
      comments: { list: { members: { at: "moment", by: "text", value: "text" } } },
      files: { list: { members: {} } },
      network: { list: { members: {} } },
    },
  },
};

export const isResolved = (status: string): boolean => status.startsWith("resolved_");

/** Stores a changed incident, modified now. It counts as resolved from the moment in which it first is. */
export function change(incident: Incident, changes: Partial<Incident>, tenant: Tenant): void {
  const modified = tenant.clock.now();
  const { resolved: since = modified, ...rest } = { ...incident, ...changes, modified };
  tenant.store.put(incidents, isResolved(rest.status) ? { ...rest, resolved: since } : rest);
}

/** The incident as the reader of its details finds it. */
export function readInFull(
  { meanwhile, afterwards, ...incident }: Incident,
  tenant: Tenant,
): Incident {
  const status = meanwhile ?? afterwards;
  if (status === undefined) return incident;
  change(incident, { status }, tenant);
  return meanwhile === undefined
    ? incident
    : (tenant.store.get(incidents, incident.id) ?? incident);
}

/**
 * Marks the incident that a response action names as modified, and returns its id. Undefined if the action names none
 * that exists.
 */
export function touch(named: unknown, tenant: Tenant): string | undefined {
  const incident = named === undefined ? named : tenant.store.get(incidents, String(named));
  if (!incident) return undefined;
  change(incident, {}, tenant);
  return incident.id;
}
