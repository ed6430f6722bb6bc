import { readFileSync } from "node:fs";
import type { Action } from "../../core/action.ts";
import type { Course } from "../../core/progress.ts";
import type { Table } from "../../core/store.ts";
import type { Tenant } from "../../core/tenant.ts";
import { TRIGGERS, type Trigger } from "../../core/trigger.ts";

/** An API key of a tenant. */
export interface Key {
  readonly id: string;
  readonly key: string;
  readonly advanced: boolean;
  readonly standing: "good" | "unlicensed" | "forbidden" | "revoked";
}

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
  /** Hashes of the files that are there. Without the list every file is, so that any client's hash works. */
  readonly files?: readonly string[];
}

/** An action, and the file it is about if it is about one. */
export interface CortexAction extends Action {
  readonly file?: { readonly path: string; readonly hash: string };
}

export const keys: Table<Key> = { name: "cortex.keys", key: ({ id }) => id };
export const nonces: Table<{ readonly nonce: string; readonly at: number }> = {
  name: "cortex.nonces",
  key: ({ nonce }) => nonce,
};
export const endpoints: Table<Endpoint> = { name: "cortex.endpoints", key: ({ id }) => id };
export const actions: Table<CortexAction> = { name: "cortex.actions", key: ({ id }) => id };

/** The reserved endpoints, by id. */
export const triggers: ReadonlyMap<string, Trigger> = new Map(
  TRIGGERS.map((trigger) => [`facade${String(trigger.code).padStart(26, "0")}`, trigger]),
);

/** Ids that clients can read as integers, in the order of asking; those of two tenants differ. */
export const nextActionId = ({ store, number }: Tenant): string =>
  String(number * 10_000_000 + 1000 + store.next("cortex.actions"));

/** How an action on this endpoint will go. */
export function courseOf(endpoint: Endpoint, hash?: string): Course {
  const trigger = triggers.get(endpoint.id);
  if (trigger) return trigger.course;
  if (endpoint.status !== "CONNECTED") return "expires";
  return hash !== undefined && endpoint.files?.includes(hash) === false
    ? "file-absent"
    : "completes";
}

/** Fills a tenant with its keys and its inventory. */
export function seed(tenant: Tenant): void {
  for (const key of keysOf(tenant)) tenant.store.put(keys, key);
  for (const endpoint of inventory()) tenant.store.put(endpoints, endpoint);
}

function keysOf({ name, number }: Tenant): Key[] {
  const own = name === "default" ? "fauxdr" : name;
  const key = (digit: number, word: string, rest: Partial<Key> = {}): Key => ({
    id: String(number * 10 + digit),
    key: `${own}-${word}-key`,
    advanced: false,
    standing: "good",
    ...rest,
  });
  return [
    key(1, "standard"),
    key(2, "advanced", { advanced: true }),
    key(3, "unlicensed", { standing: "unlicensed" }),
    key(4, "viewer", { standing: "forbidden" }),
    key(5, "revoked", { standing: "revoked" }),
  ];
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
