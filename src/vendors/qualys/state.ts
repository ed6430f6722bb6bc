import { readFileSync } from "node:fs";
import { type Action, type ActionTarget, actionShape } from "../../core/actions/action.ts";
import type { Lifecycle } from "../../core/actions/progress.ts";
import { TRIGGERS, type Trigger } from "../../core/actions/trigger.ts";
import { isOlder } from "../../core/agent-version.ts";
import type { Table } from "../../core/store.ts";
import type { Tenant } from "../../core/tenant.ts";
import { type EventSeed, eventOf, events } from "./events.ts";
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
  /** The members of a row that a test added, as given. */
  readonly own?: Readonly<Record<string, unknown>>;
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

export interface RemediationTarget extends ActionTarget {
  readonly actionName: ActionName;
  readonly eventId?: string;
  readonly remediationEventId: string;
  readonly uniqueId: string;
}

/** Users that have lost their role. */
export const demoted: Table<{ readonly name: string }> = {
  name: "qualys.demoted",
  key: ({ name }) => name,
  shape: { members: { name: "text" } },
};
export const assets: Table<Asset> = {
  name: "qualys.assets",
  key: ({ agentId }) => agentId,
  shape: {
    members: {
      agentId: "text",
      hostName: "text",
      platform: { oneOf: ["WINDOWS", "LINUX", "MAC"] },
      agentVersion: "text",
      online: "switch",
      interfaces: {
        list: {
          members: {
            interfaceName: "text",
            macAddress: "text",
            gatewayAddress: "text",
            ipAddress: "text",
          },
        },
      },
    },
  },
};
export const remediations: Table<Remediation> = {
  name: "qualys.remediations",
  key: ({ id }) => id,
  shape: actionShape(
    { user: "text", userId: "text", comment: "text", manifestId: "text" },
    {},
    {
      actionName: {
        oneOf: ["Quarantine Host", "UnQuarantine Host", "Quarantine File", "Kill Process"],
      },
      key: "text",
      remediationEventId: "text",
      uniqueId: "text",
    },
    { eventId: "text" },
  ),
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
export function seed({ store, clock }: Tenant): void {
  const found = startingInventory();
  for (const asset of found.assets) store.put(assets, asset);
  for (const event of found.events) store.put(events, eventOf(event, clock.now()));
}

/** What every tenant starts with. */
export function startingInventory(): Inventory {
  fixtures ??= read();
  return fixtures;
}

interface Inventory {
  readonly assets: readonly Asset[];
  readonly events: readonly EventSeed[];
}

const FOLDER = new URL("../../../fixtures/qualys/", import.meta.url);
let fixtures: Inventory | undefined;

function read(): Inventory {
  const rows = (name: string): unknown => JSON.parse(readFileSync(new URL(name, FOLDER), "utf8"));
  const reserved = [...triggers];
  return {
    assets: [
      ...(rows("assets.json") as Asset[]),
      ...reserved.map(([agentId, trigger]) => reservedAsset(agentId, trigger)),
    ],
    events: [
      ...(rows("events.json") as EventSeed[]),
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

const reservedEvent = (agentId: string, { name, code }: Trigger): EventSeed => {
  const sha256 = code.toString(16).padStart(64, "0");
  return {
    agentId,
    secondsAgo: 86_400 + code,
    gone: false,
    serial: String(code),
    series: agentId,
    row: {
      type: "FILE",
      action: "CREATED",
      eventSource: "EDR",
      score: "8",
      indicator2: [
        {
          score: 8,
          sha256,
          familyName: "Kolab",
          verdict: "MALICIOUS",
          threatName: "Linux.Worm.Kolab",
          category: "Worm",
        },
      ],
      file: {
        fullPath: `/tmp/${name}.sh`,
        path: "/tmp",
        extension: "sh",
        fileName: `${name}.sh`,
        sha256,
        md5: sha256.slice(32),
      },
    },
  };
};
