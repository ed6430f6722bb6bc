import { describe, expect, it } from "vitest";
import type { Table } from "../../src/core/store.ts";
import { createTenant, type Tenant, type TenantSettings } from "../../src/core/tenant.ts";
import { readSettings } from "../../src/settings/read.ts";
import { exchangeOf, under } from "../support/exchanges.ts";

const keys: Table<{ readonly id: string }> = { name: "keys", key: ({ id }) => id };
const NOON = "2026-01-31T12:00:00Z";

const settings = (values: Partial<TenantSettings> = {}): TenantSettings =>
  readSettings([{ values: { clock: NOON, ...values }, call: String }]);

const tenant = (values?: Partial<TenantSettings>, name = "default"): Tenant =>
  createTenant({
    name,
    number: 0,
    settings: settings(values),
    begin: ({ store, random }) => {
      store.put(keys, { id: `seeded ${random.hex(8)}` });
      return [];
    },
  });

const record = ({ journal }: Tenant): number => journal.open(under(exchangeOf())).close().id;

/** Everything in a tenant that a client could see. */
const world = ({ clock, random, store, journal }: Tenant): unknown => [
  clock.state(),
  random.state(),
  store.state(),
  journal.entries(),
  journal.dropped,
];

it("is seeded when it is made", () => {
  expect(tenant().store.all(keys)).toHaveLength(1);
});

it("is frozen at the time of its setting, and otherwise runs with the machine's time", () => {
  expect(tenant().clock.state()).toEqual({ frozenAt: Date.parse(NOON) });
  expect(tenant({ clock: "real" }).clock.state()).toEqual({ offset: 0 });
});

it("keeps as many exchanges as its setting says", () => {
  const small = tenant({ journalEntries: 2 });
  for (let recorded = 0; recorded < 5; recorded++) record(small);
  expect(small.journal.entries().map(({ id }) => id)).toEqual([4, 5]);
  expect(small.journal.dropped).toBe(3);
});

describe("chance", () => {
  it("is the same for the same seed and name", () => {
    expect(world(tenant())).toEqual(world(tenant()));
  });

  it("is another one for another seed", () => {
    expect(tenant({ seed: "other" }).random.uuid()).not.toBe(tenant().random.uuid());
  });

  it("is another one for a tenant of another name", () => {
    expect(tenant({}, "other").random.uuid()).not.toBe(tenant().random.uuid());
  });
});

it("a reset restores the first state, and drops the rest", () => {
  const used = tenant({ journalEntries: 1 });
  const made = world(used);
  used.clock.advance(1000);
  used.clock.resume();
  used.random.uuid();
  used.store.put(keys, { id: "another" });
  used.store.next("ids");
  for (let recorded = 0; recorded < 3; recorded++) record(used);
  expect(world(used)).not.toEqual(made);
  used.reset();
  expect(world(used)).toEqual(made);
  expect(record(used)).toBe(1);
});

it("a scenario's rule with the id of one that was given gets another", () => {
  const fault = { kind: "broken-json" } as const;
  const { faults } = createTenant({
    name: "default",
    number: 0,
    settings: {
      ...settings(),
      faults: [
        { id: "a", fault },
        { id: "x", fault },
      ],
    },
    begin: () => [{ id: "a", fault }, { id: "b", fault }, { fault }],
  });
  expect(faults.list().map(({ id }) => id)).toEqual(["a", "x", "fault-1", "b", "fault-2"]);
});

it("a reset of one tenant leaves another one as it is", () => {
  const [one, other] = [tenant(), tenant()];
  other.store.put(keys, { id: "another" });
  const before = world(other);
  one.reset();
  expect(world(other)).toEqual(before);
});
