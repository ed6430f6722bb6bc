import { describe, expect, it } from "vitest";
import type { FaultRule } from "../../src/core/faults/fault.ts";
import { restoreSnapshot, takeSnapshot } from "../../src/core/snapshot.ts";
import type { StoreState, Table } from "../../src/core/store.ts";
import { createTenant, type Tenant } from "../../src/core/tenant.ts";
import { exchangeOf, under } from "../support/exchanges.ts";
import { defaultSettings } from "../support/settings.ts";

interface Row {
  readonly id: string;
}
const rows: Table<Row> = { name: "test.rows", key: ({ id }) => id };
const NOON = "2026-01-31T12:00:00Z";
const chance: FaultRule = { probability: 0.5, fault: { kind: "delay", delayMs: [0, 99] } };
const call = { vendor: "a", operation: "b", subject: () => ({ url: "/", headers: {}, body: "" }) };

const fresh = (): Tenant =>
  createTenant({
    name: "default",
    number: 0,
    settings: { ...defaultSettings, clock: NOON, scenario: "first", faults: [chance] },
    begin: ({ store, random }, scenario) => {
      store.put(rows, { id: `${scenario} ${random.hex(8)}` });
      store.append("test.list", "all", scenario);
      store.next("test.sequence");
      return [{ id: `of ${scenario}`, fault: { kind: "broken-json" } }];
    },
  });

interface Part {
  /** Changes this part. */
  readonly change: (tenant: Tenant) => void;
  /** What can be observed of it, by using it if necessary. */
  readonly seen: (tenant: Tenant) => unknown;
}

/** Every part of a tenant that a use of it changes. */
const CHANGING: Readonly<Record<string, Part>> = {
  clock: {
    change: ({ clock }) => {
      clock.advance(1000);
      clock.resume();
    },
    seen: ({ clock }) => clock.state(),
  },
  random: {
    change: ({ random }) => void random.uuid(),
    seen: ({ random }) => [random.state(), random.uuid()],
  },
  store: {
    change: ({ store }) => {
      store.put(rows, { id: "another" });
      store.append("test.list", "all", "another");
      store.next("test.sequence");
    },
    seen: ({ store }) => store.state(),
  },
  journal: {
    change: ({ journal }) => {
      const entries = defaultSettings.journalEntries;
      for (let opened = 0; opened <= entries; opened++) journal.open(under(exchangeOf()));
    },
    seen: ({ journal }) => [
      journal.entries(),
      journal.dropped,
      journal.open(under(exchangeOf())).read().id,
    ],
  },
  faults: {
    change: ({ faults }) => {
      faults.remove("of first");
      faults.add(chance);
      for (let calls = 0; calls < 5; calls++) faults.apply(call);
    },
    seen: ({ faults }) => [
      faults.list(),
      faults.add(chance),
      Array.from({ length: 40 }, () => faults.apply(call)),
    ],
  },
  scenario: {
    change: (tenant) => tenant.reset("second"),
    seen: ({ scenario }) => scenario,
  },
};

/** What a tenant is made with, once and for all. */
const FIXED = ["name", "number", "settings", "documents", "reset", "resetting"];

const parts = Object.entries(CHANGING);

/** Everything about a tenant. */
const all = (tenant: Tenant): unknown => parts.map(([name, { seen }]) => [name, seen(tenant)]);

it("this test knows every part of a tenant", () => {
  expect(Object.keys(fresh()).toSorted()).toEqual([...FIXED, ...Object.keys(CHANGING)].toSorted());
});

it("and every kind of thing that a store holds", () => {
  const [before, tenant] = [fresh().store.state(), fresh()];
  CHANGING["store"]?.change(tenant);
  for (const [kind, held] of Object.entries(before)) {
    expect(tenant.store.state()[kind as keyof StoreState], kind).not.toEqual(held);
  }
});

describe("a reset", () => {
  it.each(parts)("brings %s back, as it is in a fresh tenant", (_name, { change, seen }) => {
    const used = fresh();
    change(used);
    expect(seen(used)).not.toEqual(seen(fresh()));
    used.reset();
    expect(all(used)).toEqual(all(fresh()));
  });

  it("restores everything at once, several times", () => {
    const used = fresh();
    for (let round = 0; round < 2; round++) {
      for (const [, { change }] of parts) change(used);
      all(used);
      used.reset();
    }
    expect(all(used)).toEqual(all(fresh()));
  });

  it("into another scenario begins with its rows and its rules, until the next one", () => {
    const used = fresh();
    used.reset("second");
    expect(used.scenario).toBe("second");
    expect(used.store.list("test.list", "all")).toEqual(["second"]);
    expect(used.faults.list().map(({ id }) => id)).toEqual(["fault-1", "of second"]);
    used.reset();
    expect(all(used)).toEqual(all(fresh()));
  });

  it("ends all waits for the tenant's time", async () => {
    const used = fresh();
    const wait = used.clock.until(used.clock.now() + 86_400_000);
    used.reset();
    await wait;
  });

  it("leaves what a tenant is made with", () => {
    const used = fresh();
    const made = FIXED.map((name) => used[name as keyof Tenant]);
    for (const [, { change }] of parts) change(used);
    used.reset();
    expect(FIXED.map((name) => used[name as keyof Tenant])).toEqual(made);
  });
});

describe("a snapshot", () => {
  const saved = Object.keys(takeSnapshot(fresh(), "1.2.3"));

  it("is made of a tenant's parts, and says what wrote it", () => {
    const unknown = saved.filter((name) => !(name in CHANGING));
    expect(unknown).toEqual(["format", "version"]);
    expect(saved).toEqual([...unknown, "clock", "random", "store"]);
  });

  it.each(parts)("brings %s back exactly where it holds it", (name, { change, seen }) => {
    const [used, other] = [fresh(), fresh()];
    const snapshot = JSON.parse(JSON.stringify(takeSnapshot(used, "1.2.3")));
    for (const tenant of [used, other]) change(tenant);
    restoreSnapshot(used, snapshot);
    expect(seen(used)).toEqual(seen(saved.includes(name) ? fresh() : other));
  });
});

it("a scenario's rule whose id is taken by a given one gets another", () => {
  const tenant = createTenant({
    name: "default",
    number: 0,
    settings: { ...defaultSettings, faults: [{ ...chance, id: "busy" }] },
    begin: () => [{ id: "busy", fault: { kind: "broken-json" } }],
  });
  expect(tenant.faults.list().map(({ id, fault }) => [id, fault.kind])).toEqual([
    ["busy", "delay"],
    ["fault-1", "broken-json"],
  ]);
  expect(() => tenant.reset("another")).not.toThrow();
});

describe("a reset in pieces", () => {
  const large = (): Tenant =>
    createTenant({
      name: "default",
      number: 0,
      settings: { ...defaultSettings, clock: NOON },
      fill: function* ({ store, random }) {
        for (let row = 0; row < 3; row++) {
          store.put(rows, { id: `${row} ${random.hex(8)}` });
          yield;
        }
      },
      begin: () => [],
    });

  it("changes nothing before its last piece, and then everything", () => {
    const tenant = large();
    const before = tenant.store.state();
    for (const { change } of [CHANGING["store"], CHANGING["clock"], CHANGING["random"]] as Part[]) {
      change(tenant);
    }
    const seen = (): unknown => [tenant.store.state(), tenant.clock.state(), tenant.random.state()];
    const changed = seen();
    const pieces = tenant.resetting()[Symbol.iterator]();
    for (let piece = 0; piece < 3; piece++) {
      expect(pieces.next().done).toBe(false);
      expect(seen()).toEqual(changed);
    }
    expect(pieces.next().done).toBe(true);
    expect(tenant.store.state()).toEqual(before);
    expect(seen()).toEqual([before, large().clock.state(), large().random.state()]);
  });

  it("that is given up changes nothing", () => {
    const tenant = large();
    CHANGING["store"]?.change(tenant);
    const changed = tenant.store.state();
    const pieces = tenant.resetting()[Symbol.iterator]();
    pieces.next();
    pieces.return?.();
    expect(tenant.store.state()).toEqual(changed);
  });
});
