import { readFileSync } from "node:fs";
import { type Action, actionShape } from "../../core/actions/action.ts";
import { TRIGGERS, type Trigger } from "../../core/actions/trigger.ts";
import type { Faker } from "../../core/faker.ts";
import type { Table } from "../../core/store.ts";
import type { Tenant } from "../../core/tenant.ts";

export interface Device {
  readonly id: string;
  readonly name: string;
}

export const devices: Table<Device> = {
  name: "acme.devices",
  key: ({ id }) => id,
  shape: { members: { id: "text", name: "text" } },
};
export const actions: Table<Action> = {
  name: "acme.actions",
  key: ({ id }) => id,
  shape: actionShape(),
};
export const tables: readonly Table<never>[] = [devices, actions];

/** The reserved devices, by id. */
export const triggers: ReadonlyMap<string, Trigger> = new Map(
  TRIGGERS.filter(({ name }) => name === "completes" || name === "fails").map((trigger) => [
    `fauxdr-${trigger.name}`,
    trigger,
  ]),
);

const FIXTURES = new URL("../../../fixtures/acme/devices.json", import.meta.url);

/** Fills a tenant with its inventory. */
export function seed({ store }: Tenant): void {
  for (const device of JSON.parse(readFileSync(FIXTURES, "utf8")) as Device[]) {
    store.put(devices, device);
  }
  for (const [id, { name }] of triggers) store.put(devices, { id, name });
}

/** Generates devices. Returns a function that adds them to an inventory. */
export function enlarge(faker: Faker, machines: number, from: number): (tenant: Tenant) => void {
  const all = Array.from({ length: machines }, (_, made) => ({
    id: faker.string.uuid(),
    name: `${faker.internet.domainWord()}-${from + made}`,
  }));
  return ({ store }) => {
    for (const device of all) store.put(devices, device);
  };
}
