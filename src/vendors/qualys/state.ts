import { readFileSync } from "node:fs";
import type { Action, Target } from "../../core/actions/action.ts";
import type { Lifecycle } from "../../core/actions/progress.ts";
import { TRIGGERS, type Trigger } from "../../core/actions/trigger.ts";
import { isOlder } from "../../core/agent-version.ts";
import type { Table } from "../../core/store.ts";
import type { Tenant } from "../../core/tenant.ts";
import { settingsOf } from "./settings.ts";

/** An asset of a tenant's inventory: a host with an agent on it. */
export interface Asset {
  readonly agentId: string;
  readonly hostName: string;
  readonly platform: "WINDOWS" | "LINUX" | "MAC";
  readonly agentVersion: string;
  readonly online: boolean;
  readonly interfaces: readonly {
    readonly interfaceName: string;
    readonly macAddress: string;
    readonly gatewayAddress: string;
    readonly ipAddress: string;
  }[];
}

/** Something that an agent saw on its host. */
export interface Event {
  readonly id: string;
  readonly agentId: string;
  readonly type: "FILE" | "PROCESS";
  readonly action: string;
  readonly at: string;
  /** From 0, known good, to 10, malicious. */
  readonly score: string;
  /** Whether the file or process no longer exists. */
  readonly gone: boolean;
  readonly sha256: string;
  /** The malware's family. Empty when unknown. */
  readonly family: string;
  /** The folder, with a separator at the end. */
  readonly path: string;
  readonly fileName: string;
  readonly pid?: number;
}

/** The name of an action, as the user interface writes it. */
export type ActionName =
  | "Quarantine Host"
  | "UnQuarantine Host"
  | "Quarantine File"
  | "Kill Process";

/** An action on hosts or on the subject of an event, with its requester. `id` is the requestId. */
export interface Remediation extends Action {
  readonly targets: readonly RemediationTarget[];
  readonly user: string;
  readonly userId: string;
  readonly comment: string;
  readonly manifestId: string;
}

export interface RemediationTarget extends Target {
  readonly actionName: ActionName;
  /** The last part of the remediationId: the agentId, or a UUID for an action on an event. */
  readonly key: string;
  readonly eventId?: string;
  readonly remediationEventId: string;
  readonly uniqueId: string;
}

/** Users that have lost their role. */
export const demoted: Table<{ readonly name: string }> = {
  name: "qualys.demoted",
  key: ({ name }) => name,
};
export const assets: Table<Asset> = { name: "qualys.assets", key: ({ agentId }) => agentId };
export const events: Table<Event> = { name: "qualys.events", key: ({ id }) => id };
export const remediations: Table<Remediation> = {
  name: "qualys.remediations",
  key: ({ id }) => id,
};

/** Triggers whose final state has no status at this vendor. */
const WITHOUT_STATUS = new Set(["partial", "times-out", "expires", "is-cancelled", "is-aborted"]);
/** Triggers that do not apply: this vendor has no 402, and no file that could be absent. */
const NOT_OFFERED = new Set(["refuses-402", "file-absent"]);

/** The reserved agents, by id. */
export const triggers: ReadonlyMap<string, Trigger> = new Map(
  TRIGGERS.filter(({ name }) => !WITHOUT_STATUS.has(name) && !NOT_OFFERED.has(name)).map(
    (trigger) => [`facade00-0000-4000-8000-${String(trigger.code).padStart(12, "0")}`, trigger],
  ),
);

/** The oldest agents that can quarantine their host. The documents name no minimum for the Mac. */
const OLDEST_AGENT: Readonly<Record<Asset["platform"], readonly number[]>> = {
  LINUX: [6, 0, 0, 0],
  WINDOWS: [4, 9, 0],
  MAC: [],
};

/**
 * The lifecycle that a host action on this asset will take. An agent that is too old accepts the action, then gets
 * stuck or fails. An offline agent receives nothing, so its version does not matter.
 */
export function lifecycleOf(asset: Asset, tenant: Tenant): Lifecycle {
  const trigger = triggers.get(asset.agentId);
  if (trigger) return trigger.lifecycle;
  if (!asset.online) return "stays-pending";
  return isOlder(asset.agentVersion, OLDEST_AGENT[asset.platform])
    ? settingsOf(tenant).oldAgent
    : "completes";
}

/** Fills a tenant with its inventory. */
export function seed({ store }: Tenant): void {
  fixtures ??= read();
  for (const asset of fixtures.assets) store.put(assets, asset);
  for (const event of fixtures.events) store.put(events, event);
}

const FOLDER = new URL("../../../fixtures/qualys/", import.meta.url);
let fixtures: { readonly assets: readonly Asset[]; readonly events: readonly Event[] } | undefined;

function read(): NonNullable<typeof fixtures> {
  const rows = (name: string): unknown => JSON.parse(readFileSync(new URL(name, FOLDER), "utf8"));
  const reserved = [...triggers];
  return {
    assets: [
      ...(rows("assets.json") as Asset[]),
      ...reserved.map(([agentId, trigger]) => reservedAsset(agentId, trigger)),
    ],
    events: [
      ...(rows("events.json") as Event[]),
      ...reserved.map(([agentId, trigger]) => reservedEvent(agentId, trigger)),
    ],
  };
}

const reservedAsset = (agentId: string, { name, code }: Trigger): Asset => ({
  agentId,
  hostName: `fauxdr-${name}`,
  platform: "LINUX",
  agentVersion: "7.1.0.35",
  online: true,
  interfaces: [
    {
      interfaceName: "eth0",
      macAddress: `02:fa:ca:de:${code
        .toString(16)
        .padStart(4, "0")
        .replace(/(..)(..)/, "$1:$2")}`,
      gatewayAddress: "198.51.100.1",
      ipAddress: `198.51.100.${code % 256}`,
    },
  ],
});

const reservedEvent = (agentId: string, { name, code }: Trigger): Event => ({
  id: `F_${agentId}_1-11-2025`,
  agentId,
  type: "FILE",
  action: "CREATED",
  at: "2025-11-01T09:00:00.000Z",
  score: "8",
  gone: false,
  sha256: code.toString(16).padStart(64, "0"),
  family: "Kolab",
  path: "/tmp/",
  fileName: `${name}.sh`,
});
