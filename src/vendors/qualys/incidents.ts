import { derived } from "../../core/derived.ts";
import type { InventoryRow } from "../../core/inventory.ts";
import type { Table } from "../../core/store.ts";
import type { Tenant } from "../../core/tenant.ts";
import { type Event, isMalicious, pastEvents } from "./events.ts";
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
export function incidentsOf(tenant: Tenant): readonly Incident[] {
  const { store, clock } = tenant;
  const now = clock.now();
  const added = store.all(incidents).filter(({ detectedOn }) => detectedOn <= now);
  const past = pastEvents(tenant);
  const own = derived(past, fromEvents, () => fromEvents(past));
  if (added.length === 0) return own;
  return [...new Map([...own, ...added].map((incident) => [incident.id, incident])).values()];
}

function fromEvents(past: readonly Event[]): readonly Incident[] {
  const byHost = new Map<string, Writable>();
  for (const event of past) {
    const { agentId, at } = event;
    if (agentId === "" || !isMalicious(event)) continue;
    const score = Number(event.row.score);
    const known = byHost.get(agentId);
    if (!known) {
      byHost.set(agentId, { id: `INC_${agentId}`, agentId, detectedOn: at, updatedOn: at, score });
      continue;
    }
    known.detectedOn = Math.min(at, known.detectedOn);
    known.updatedOn = Math.max(at, known.updatedOn);
    known.score = Math.max(score, known.score);
  }
  return [...byHost.values()];
}

type Writable = { -readonly [Name in keyof Incident]: Incident[Name] };

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
