import { readFileSync } from "node:fs";
import type { Action, Target } from "../../core/action.ts";
import type { Course } from "../../core/progress.ts";
import type { Table } from "../../core/store.ts";
import type { Tenant } from "../../core/tenant.ts";
import { TRIGGERS, type Trigger } from "../../core/trigger.ts";

/** A user of a tenant, with a token that is good without a login. */
export interface User {
  readonly name: string;
  readonly password: string;
  readonly token: string;
  readonly standing: "good" | "forbidden";
}

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

export type HostAction = "QUARANTINE_HOST" | "UNQUARANTINE_HOST";

/** A host action, and who asked for it. `id` is the requestId. */
export interface Remediation extends Action {
  readonly targets: readonly (Target & { readonly action: HostAction })[];
  readonly user: string;
  readonly userId: string;
  readonly comment: string;
}

export const users: Table<User> = { name: "qualys.users", key: ({ name }) => name };
export const assets: Table<Asset> = { name: "qualys.assets", key: ({ agentId }) => agentId };
export const remediations: Table<Remediation> = {
  name: "qualys.remediations",
  key: ({ id }) => id,
};

/** Endings that this vendor has no status for. */
const UNSAYABLE = new Set(["partial", "times-out", "expires", "is-cancelled", "is-aborted"]);
/** It knows no 402, and no file that could be absent. */
const UNKNOWN = new Set(["refuses-402", "file-absent"]);

/** The reserved agents, by id. */
export const triggers: ReadonlyMap<string, Trigger> = new Map(
  TRIGGERS.filter(({ name }) => !UNSAYABLE.has(name) && !UNKNOWN.has(name)).map((trigger) => [
    `facade00-0000-4000-8000-${String(trigger.code).padStart(12, "0")}`,
    trigger,
  ]),
);

/** The token that every tenant has for finding out what an expired one is answered. */
export const expiredToken = ({ name }: Tenant): string => `${prefix(name)}-expired-token`;

/** The oldest agents that can do it, by platform; the documents name none for the Mac. */
const PREREQUISITE: Readonly<Record<Asset["platform"], readonly number[]>> = {
  LINUX: [6, 0, 0, 0],
  WINDOWS: [4, 9, 0],
  MAC: [],
};

/** How a host action on this asset will go: an agent that is too old takes it on, and gets stuck or fails. */
export function courseOf(asset: Asset, { settings }: Tenant): Course {
  const trigger = triggers.get(asset.agentId);
  if (trigger) return trigger.course;
  if (isOlder(asset.agentVersion, PREREQUISITE[asset.platform])) {
    return settings.oldAgent === "stuck" ? "stuck" : "fails";
  }
  return asset.online ? "completes" : "stays-pending";
}

function isOlder(version: string, oldest: readonly number[]): boolean {
  const parts = version.split(".").map(Number);
  for (const [index, least] of oldest.entries()) {
    const part = parts[index] ?? 0;
    if (part !== least) return part < least;
  }
  return false;
}

/** Fills a tenant with its users and its inventory. */
export function seed(tenant: Tenant): void {
  for (const user of usersOf(tenant)) tenant.store.put(users, user);
  for (const asset of inventory()) tenant.store.put(assets, asset);
}

const prefix = (name: string): string => (name === "default" ? "fauxdr" : name);

function usersOf({ name }: Tenant): User[] {
  const user = (own: string, standing: User["standing"]): User => ({
    name: own,
    password: `${own}-password`,
    token: `${own}-token`,
    standing,
  });
  return [user(prefix(name), "good"), user(`${prefix(name)}-viewer`, "forbidden")];
}

const FIXTURES = new URL("../../../fixtures/qualys/assets.json", import.meta.url);
let rows: readonly Asset[] | undefined;

function inventory(): readonly Asset[] {
  rows ??= [
    ...(JSON.parse(readFileSync(FIXTURES, "utf8")) as Asset[]),
    ...[...triggers].map(([agentId, trigger]) => reserved(agentId, trigger)),
  ];
  return rows;
}

const reserved = (agentId: string, { name, code }: Trigger): Asset => ({
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
