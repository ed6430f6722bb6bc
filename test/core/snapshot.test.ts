import { describe, expect, it } from "vitest";
import { KitError } from "../../src/core/errors.ts";
import { restoreSnapshot, restoring, snapshotText, takeSnapshot } from "../../src/core/snapshot.ts";
import type { Table } from "../../src/core/store.ts";
import { createTenant, type Tenant } from "../../src/core/tenant.ts";
import { defaultSettings } from "../support/settings.ts";

interface Row {
  readonly id: string;
}

const rows: Table<Row> = { name: "test.rows", key: ({ id }) => id };

const tenantWith = (...ids: string[]): Tenant =>
  createTenant({
    name: "default",
    number: 0,
    settings: { ...defaultSettings, clock: "2026-01-31T12:00:00Z" },
    begin: ({ store }) => {
      for (const id of ids) store.put(rows, { id });
      store.append("test.list", "all", "first");
      return [];
    },
  });

describe("a snapshot", () => {
  it("restores rows, lists, sequences, clock and random source, through JSON", () => {
    const tenant = tenantWith("a");
    tenant.store.next("test.sequence");
    const saved = JSON.stringify(takeSnapshot(tenant, "1.2.3"));
    const expected = { time: tenant.clock.now(), uuid: tenant.random.uuid() };

    tenant.store.put(rows, { id: "b" });
    tenant.store.append("test.list", "all", "second");
    tenant.clock.advance(5000);
    tenant.random.uuid();
    restoreSnapshot(tenant, JSON.parse(saved));

    expect(tenant.store.all(rows)).toEqual([{ id: "a" }]);
    expect(tenant.store.list("test.list", "all")).toEqual(["first"]);
    expect(tenant.store.next("test.sequence")).toBe(2);
    expect({ time: tenant.clock.now(), uuid: tenant.random.uuid() }).toEqual(expected);
  });

  it("does not change with the tenant that it was taken of", () => {
    const tenant = tenantWith("a");
    const snapshot = takeSnapshot(tenant, "1.2.3");
    tenant.store.append("test.list", "all", "second");
    restoreSnapshot(tenant, snapshot);
    tenant.store.append("test.list", "all", "third");
    restoreSnapshot(tenant, snapshot);
    expect(tenant.store.list("test.list", "all")).toEqual(["first"]);
  });

  const whole = takeSnapshot(tenantWith("a"), "1.2.3");
  const damaged: [string, unknown, RegExp][] = [
    ["nothing", undefined, /not a snapshot/],
    ["a text", "snapshot", /not a snapshot/],
    ["a list", [], /not a snapshot/],
    ["no format", { ...whole, format: undefined }, /not a snapshot/],
    ["an older format", { ...whole, format: 0 }, /has format 0, and this version reads format 1/],
    ["a newer format", { ...whole, format: 2 }, /has format 2/],
    ["no clock", { ...whole, clock: undefined }, /"clock"/],
    ["a clock of texts", { ...whole, clock: { frozenAt: "noon" } }, /"clock"/],
    ["too little chance", { ...whole, random: [1, 2, 3] }, /"random"/],
    ["broken chance", { ...whole, random: [1, 2, 3, 0.5] }, /"random"/],
    ["no store", { ...whole, store: {} }, /"store"/],
    ["rows without a key", { ...whole, store: { ...whole.store, tables: { t: [{}] } } }, /"store"/],
    [
      "a row that is no object",
      { ...whole, store: { ...whole.store, tables: { t: [["k", 1]] } } },
      /"store"/,
    ],
    ["no tables", { ...whole, store: { ...whole.store, tables: null } }, /"store"/],
    ...[[{}], ["k"], ["k", {}, 1], [1, {}], "ks", null].map((entry): [string, unknown, RegExp] => [
      `a row beside ${JSON.stringify(entry)}`,
      { ...whole, store: { ...whole.store, tables: { t: [["a", {}], entry] } } },
      /"store"/,
    ]),
    [
      "a list with a number in it",
      { ...whole, store: { ...whole.store, lists: { l: [["k", ["a", 1]]] } } },
      /"store"/,
    ],
    [
      "a list of numbers",
      { ...whole, store: { ...whole.store, lists: { l: [["k", [1]]] } } },
      /"store"/,
    ],
    [
      "a sequence of texts",
      { ...whole, store: { ...whole.store, sequences: { s: "1" } } },
      /"store"/,
    ],
  ];

  it.each(damaged)(
    "with %s is refused with a reason, and changes nothing",
    (_, snapshot, reason) => {
      const tenant = tenantWith("a", "b");
      const before = takeSnapshot(tenant, "1.2.3");
      expect(() => restoreSnapshot(tenant, snapshot)).toThrow(reason);
      expect(() => restoreSnapshot(tenant, snapshot)).toThrow(KitError);
      expect(takeSnapshot(tenant, "1.2.3")).toEqual(before);
    },
  );
});

describe("a large snapshot", () => {
  const many = Array.from({ length: 3000 }, (_, index) => `row-${index}`);
  const shaped: Table<never> = { ...rows, shape: { members: { id: "text" } } };
  const saved = () => JSON.parse(JSON.stringify(takeSnapshot(tenantWith(...many), "1.2.3")));

  it("is restored in pieces, and changes nothing before the last one", () => {
    const tenant = tenantWith("a");
    const before = takeSnapshot(tenant, "1.2.3");
    let pieces = 0;
    for (const _ of restoring(tenant, saved(), [shaped])) {
      expect(takeSnapshot(tenant, "1.2.3")).toEqual(before);
      pieces++;
    }
    expect(pieces).toBeGreaterThan(3);
    expect(tenant.store.all(rows)).toHaveLength(many.length);
  });

  it("is refused for its last row, and changes nothing", () => {
    const tenant = tenantWith("a");
    const before = takeSnapshot(tenant, "1.2.3");
    const broken = saved();
    broken.store.tables[rows.name].at(-1)[1] = { id: 1 };
    expect(() => [...restoring(tenant, broken, [shaped])]).toThrow(/cannot be understood at \/id/);
    expect(takeSnapshot(tenant, "1.2.3")).toEqual(before);
  });
});

describe("the text of a snapshot", () => {
  const same = (text: string): string => text;
  const parsed = (pieces: Iterable<string>): unknown => JSON.parse([...pieces].join(""));

  it.each([
    ["rows, lists and sequences", ["a", "b"]],
    ["a list and no row", []],
  ])("is the snapshot: %s", (_, ids) => {
    const tenant = tenantWith(...ids);
    if (ids.length > 0) tenant.store.next("test.sequence");
    expect(parsed(snapshotText(tenant, "1.2.3", same))).toEqual(takeSnapshot(tenant, "1.2.3"));
  });

  it("is that of the moment it was asked for, whatever changes while it is written", () => {
    const tenant = tenantWith("a", "b");
    const expected = takeSnapshot(tenant, "1.2.3");
    const pieces = snapshotText(tenant, "1.2.3", same)[Symbol.iterator]();
    const first = pieces.next().value as string;
    tenant.store.put(rows, { id: "c" });
    tenant.store.append("test.list", "all", "second");
    tenant.clock.advance(1000);
    const rest = { [Symbol.iterator]: () => pieces };
    expect(parsed([first, ...rest])).toEqual(expected);
    tenant.store.clear();
  });

  it("has none of the texts that are to be hidden: in rows, keys, lists and names", () => {
    const tenant = tenantWith("my-secret");
    tenant.store.append("test.list", "my-secret", "also my-secret");
    tenant.store.next("my-secret");
    const text = [
      ...snapshotText(tenant, "1.2.3", (one) => one.replaceAll("my-secret", "[redacted]")),
    ].join("");
    expect(text).not.toContain("my-secret");
    expect(text.match(/\[redacted\]/g)).toHaveLength(5);
  });
});
