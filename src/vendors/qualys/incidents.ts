import type { InventoryRow } from "../../core/inventory.ts";
import type { Table } from "../../core/store.ts";
import type { Tenant } from "../../core/tenant.ts";
import { isMalicious, pastEvents } from "./events.ts";
import { assets } from "./state.ts";
import { eventTime } from "./times.ts";

/** What the vendor makes of malicious events. What its row looks like is not public. */
export interface Incident {
  readonly id: string;
  /** Empty in an incident that names no host of the inventory. */
  readonly agentId: string;
  /** In milliseconds. Before this time the incident is not listed. */
  readonly detectedOn: number;
  /** In milliseconds. */
  readonly updatedOn: number;
  readonly score: number;
  /** The members of a row that a test added, as given. */
  readonly own?: InventoryRow;
}

/** The incidents that a test added. */
export const incidents: Table<Incident> = {
  name: "qualys.incidents",
  key: ({ id }) => id,
  shape: {
    members: {
      id: "text",
      agentId: "text",
      detectedOn: "moment",
      updatedOn: "moment",
      score: { upTo: 10 },
      own: { members: {} },
    },
  },
};

/** All incidents, in no order: one for each host with malicious events, and those that a test added. */
export function incidentsOf(tenant: Tenant): Incident[] {
  const byId = new Map<string, Incident>();
  for (const event of pastEvents(tenant)) {
    if (event.agentId === "" || !isMalicious(event)) continue;
    const id = `INC_${event.agentId}`;
    byId.set(id, including(event.at, Number(event.row.score), byId.get(id), event.agentId, id));
  }
  const now = tenant.clock.now();
  for (const added of tenant.store.all(incidents)) {
    if (added.detectedOn <= now) byId.set(added.id, added);
  }
  return [...byId.values()];
}

const including = (
  at: number,
  score: number,
  known: Incident | undefined,
  agentId: string,
  id: string,
): Incident => ({
  id,
  agentId,
  detectedOn: Math.min(at, known?.detectedOn ?? at),
  updatedOn: Math.max(at, known?.updatedOn ?? at),
  score: Math.max(score, known?.score ?? score),
});

/** An incident as the calls show it. */
export function incidentView(incident: Incident, { store }: Tenant): InventoryRow {
  const { id, agentId, detectedOn, updatedOn, score, own = {} } = incident;
  const { asset, ...rest } = own;
  const hostName = store.get(assets, agentId)?.hostName;
  const host = agentId === "" ? {} : { agentId, ...(hostName !== undefined && { hostName }) };
  return {
    id,
    description: `Malicious activity on ${hostName ?? "a host"}`,
    source: "EDR",
    status: "OPEN",
    score,
    detectedOn: eventTime(detectedOn),
    updatedOn: eventTime(updatedOn),
    assignee: null,
    asset: asset === null ? null : { ...host, ...(asset as object | undefined) },
    ...rest,
  };
}

/** The source of an incident: EDR, unless a test gave it another one. */
export const sourceOf = ({ own }: Incident): string => String(own?.["source"] ?? "EDR");
