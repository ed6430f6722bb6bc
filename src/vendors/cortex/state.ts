import { readFileSync } from "node:fs";
import { type Action, actionShape } from "../../core/actions/action.ts";
import type { Lifecycle } from "../../core/actions/progress.ts";
import { TRIGGERS, type Trigger } from "../../core/actions/trigger.ts";
import { isOlder } from "../../core/agent-version.ts";
import type { Table } from "../../core/store.ts";
import type { Tenant } from "../../core/tenant.ts";
import { settingsOf } from "./settings.ts";

/** An endpoint of a tenant's inventory. */
export interface Endpoint {
  /** 32 hexadecimal digits. */
  readonly id: string;
  readonly name: string;
  readonly type: "SERVER" | "WORKSTATION";
  readonly status: "CONNECTED" | "DISCONNECTED" | "LOST" | "UNINSTALLED";
  readonly os: "WINDOWS" | "LINUX" | "MAC";
  readonly osVersion: string;
  readonly agentVersion: string;
  readonly ip: readonly string[];
  readonly mac: readonly string[];
  readonly users: readonly string[];
  readonly domain: string;
  readonly groups: readonly string[];
  /** Hashes of the files on this endpoint. Without a list, every file exists, so that any client's hash works. */
  readonly files?: readonly string[];
  /** Members as get_endpoint shows them. They replace those that follow from the rest. */
  readonly own?: Readonly<Record<string, unknown>>;
  /** Members that its row does not have, as on older tenants. */
  readonly lacks?: readonly string[];
}

export type Kind =
  | "quarantine"
  | "restore"
  | "isolate"
  | "unisolate"
  | "scan"
  | "abort_scan"
  | "file_retrieval";

/** An action on endpoints, with its subject. */
export interface CortexAction extends Action {
  readonly kind: Kind;
  /** Of a quarantine: the file. */
  readonly path?: string;
  /** Of a quarantine or a restore: the file's hash, in lower case. */
  readonly hash?: string;
  /** The incident that the request named. */
  readonly incident?: string;
  /** Of a retrieval: the paths, by platform. */
  readonly files?: Readonly<Partial<Record<Platform, readonly string[]>>>;
}

export type Platform = "windows" | "linux" | "macos";

/** The platform of an endpoint, by its system. */
export const PLATFORM: Readonly<Record<Endpoint["os"], Platform>> = {
  WINDOWS: "windows",
  LINUX: "linux",
  MAC: "macos",
};

/** A hash on the tenant's block list or allow list. */
export interface ListedHash {
  /** Lower case. */
  readonly hash: string;
  readonly list: "block" | "allow";
}

export const nonces: Table<{ readonly nonce: string; readonly at: number }> = {
  name: "cortex.nonces",
  key: ({ nonce }) => nonce,
  shape: { members: { nonce: "text", at: "moment" } },
};
/** Keys that have lost their role. */
export const demoted: Table<{ readonly id: string }> = {
  name: "cortex.demoted",
  key: ({ id }) => id,
  shape: { members: { id: "text" } },
};
/** The last nonce of each key, by the key's id. */
export const lastNonces: Table<{ readonly id: string; readonly nonce: string }> = {
  name: "cortex.last nonces",
  key: ({ id }) => id,
  shape: { members: { id: "text", nonce: "text" } },
};
export const endpoints: Table<Endpoint> = {
  name: "cortex.endpoints",
  key: ({ id }) => id,
  shape: {
    members: {
      id: "text",
      name: "text",
      type: { oneOf: ["SERVER", "WORKSTATION"] },
      status: { oneOf: ["CONNECTED", "DISCONNECTED", "LOST", "UNINSTALLED"] },
      os: { oneOf: ["WINDOWS", "LINUX", "MAC"] },
      osVersion: "text",
      agentVersion: "text",
      ip: { list: "text" },
      mac: { list: "text" },
      users: { list: "text" },
      domain: "text",
      groups: { list: "text" },
    },
    optional: { files: { list: "text" }, own: { members: {} }, lacks: { list: "text" } },
  },
};
export const hashes: Table<ListedHash> = {
  name: "cortex.hashes",
  key: ({ hash }) => hash,
  shape: { members: { hash: "text", list: { oneOf: ["block", "allow"] } } },
};
export const actions: Table<CortexAction> = {
  name: "cortex.actions",
  key: ({ id }) => id,
  shape: actionShape(
    {
      kind: {
        oneOf: [
          "quarantine",
          "restore",
          "isolate",
          "unisolate",
          "scan",
          "abort_scan",
          "file_retrieval",
        ],
      },
    },
    {
      path: "text",
      hash: "text",
      incident: "text",
      files: {
        members: {},
        optional: { windows: { list: "text" }, linux: { list: "text" }, macos: { list: "text" } },
      },
    },
  ),
};

/** The reserved endpoints, by id. */
export const triggers: ReadonlyMap<string, Trigger> = new Map(
  TRIGGERS.map((trigger) => [`facade${String(trigger.code).padStart(26, "0")}`, trigger]),
);

/** The oldest agents that can isolate their endpoint. The documents name no minimum for other actions. */
const ISOLATING: Readonly<Record<Endpoint["os"], readonly number[]>> = {
  WINDOWS: [6, 0],
  LINUX: [7, 7],
  MAC: [7, 3],
};

/** The lifecycle that an action on this endpoint will take. */
export function lifecycleOf(
  endpoint: Endpoint,
  kind: Kind,
  tenant: Pick<Tenant, "settings">,
  hash = "",
): Lifecycle {
  // Nothing can be done to a file that the call does not name.
  if (kind === "quarantine" && hash === "") return "file-absent";
  const trigger = triggers.get(endpoint.id);
  if (trigger) return trigger.lifecycle;
  if (endpoint.status !== "CONNECTED") return "expires";
  if (kind === "isolate" && isOlder(endpoint.agentVersion, ISOLATING[endpoint.os])) {
    return settingsOf(tenant).oldAgent;
  }
  return isFileThere(endpoint, kind, hash) ? "completes" : "file-absent";
}

/** Whether the file is on the endpoint. Only hashes are known, so a path may name any of the files. */
function isFileThere({ files }: Endpoint, kind: Kind, hash: string): boolean {
  if (kind === "quarantine") return files?.includes(hash) !== false;
  if (kind === "file_retrieval") return files?.length !== 0;
  return true;
}

/** Fills a tenant with its endpoints. */
export function seedEndpoints({ store }: Tenant): void {
  for (const endpoint of inventory()) store.put(endpoints, endpoint);
}

const FIXTURES = new URL("../../../fixtures/cortex/endpoints.json", import.meta.url);
let rows: readonly Endpoint[] | undefined;

function inventory(): readonly Endpoint[] {
  rows ??= [
    ...(JSON.parse(readFileSync(FIXTURES, "utf8")) as Endpoint[]),
    ...[...triggers].map(([id, trigger]) => reserved(id, trigger)),
  ];
  return rows;
}

const reserved = (id: string, { name, code }: Trigger): Endpoint => ({
  id,
  name: `fauxdr-${name}`,
  type: "WORKSTATION",
  status: "CONNECTED",
  os: "WINDOWS",
  osVersion: "10.0.19045",
  agentVersion: "8.5.0.1250",
  ip: [`192.0.2.${code % 256}`],
  mac: [
    `02:fa:ca:de:${code
      .toString(16)
      .padStart(4, "0")
      .replace(/(..)(..)/, "$1:$2")}`,
  ],
  users: ["trigger"],
  domain: "FAUXDR",
  groups: ["fauxdr triggers"],
});

/** The ids in the samples of the vendor's page. Calls may name them, so that the samples work; no list has them. */
export const placeholders: ReadonlyMap<string, Endpoint> = new Map(
  ["string", "<endpoint ID>"].map((id) => [
    id,
    reserved(id, { name: "placeholder", code: 0, description: "", lifecycle: "completes" }),
  ]),
);

/** The endpoint that a call may name by this id. */
export const endpointOf = (id: string, { store }: Tenant): Endpoint | undefined =>
  store.get(endpoints, id) ?? placeholders.get(id);
