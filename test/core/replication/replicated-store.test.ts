import { fc, it as property } from "@fast-check/vitest";
import { expect, it } from "vitest";
import type { Replicated } from "../../../src/core/replication/replicated.ts";
import { replicatedStore } from "../../../src/core/replication/replicated-store.ts";
import { memoryStore, type Store, type Table } from "../../../src/core/store.ts";

type Row = { readonly id: string; readonly value: number };
const rows: Table<Row> = { name: "rows", key: ({ id }) => id };

/** What one server does: a step on any store. */
type Step = (store: Store) => unknown;

const keys = fc.constantFrom("", "a", "b", "__proto__", '"]');
const step: fc.Arbitrary<Step> = fc.oneof(
  fc
    .tuple(keys, fc.nat(9))
    .map(([id, value]) =>
      Object.assign((s: Store) => s.put(rows, { id, value }), { toString: () => `put ${id}` }),
    ),
  keys.map((id) =>
    Object.assign((s: Store) => s.delete(rows, id), { toString: () => `delete ${id}` }),
  ),
  fc
    .tuple(keys, keys)
    .map(([key, entry]) =>
      Object.assign((s: Store) => s.append("list", key, entry), { toString: () => "append" }),
    ),
  keys.map((name) => Object.assign((s: Store) => s.next(name), { toString: () => "next" })),
  fc.constant(Object.assign((s: Store) => s.clear(), { toString: () => "clear" })),
  fc.constant(
    Object.assign((s: Store) => s.restore({ ...s.state(), sequences: { "": 7 } }), {
      toString: () => "restore",
    }),
  ),
);

/** Lists and sequences are in any order, because no code iterates over all of them. */
const state = (store: Store): [unknown, unknown, unknown] => {
  const { tables, lists, sequences } = store.state();
  const sorted = Object.entries(lists).map(([name, some]) => [name, [...some].sort()]);
  return [tables, sorted, Object.entries(sequences).sort()];
};

property.prop([fc.array(fc.tuple(fc.nat(2), fc.array(step, { minLength: 1, maxLength: 4 })))], {
  numRuns: 300,
})("any number of servers that take turns have what one alone would have", (turns) => {
  const alone = memoryStore();
  const servers = [replicatedStore(), replicatedStore(), replicatedStore()];
  for (const [turn, steps] of turns) {
    const server = servers[turn] as Store & Replicated;
    for (const one of steps) expect(one(server)).toEqual(one(alone));
    const changes = server.changes();
    for (const other of servers) if (other !== server) other.adopt(changes);
  }
  for (const server of servers) expect(state(server)).toEqual(state(alone));
});

property.prop([fc.array(step)], { numRuns: 300 })(
  "a server that comes late is given all paths in any order, and has the same",
  (steps) => {
    const first = replicatedStore();
    for (const one of steps) one(first);
    const all = new Map(first.changes());
    const late = replicatedStore();
    late.adopt([...first.paths()].reverse().map((path) => [path, all.get(path)]));
    expect(state(late)).toEqual(state(first));
  },
);

const isSmall = (one: Step): boolean => !["clear", "restore"].includes(String(one));

property.prop([fc.array(step), fc.array(step.filter(isSmall), { minLength: 1 })], { numRuns: 300 })(
  "goes back to what was stored, with its rows in the same order",
  (before, after) => {
    const store = replicatedStore();
    for (const one of before) one(store);
    store.changes();
    store.confirm();
    const [tables, lists] = state(store);
    for (const one of after) one(store);
    const [, , sequences] = state(store);
    store.revert();
    // No number may be given out twice.
    expect(state(store)).toEqual([tables, lists, sequences]);
  },
);

it("reports a change once, and no adopted change", () => {
  const [one, other] = [replicatedStore(), replicatedStore()];
  one.put(rows, { id: "a", value: 1 });
  const changes = one.changes();
  expect(changes).toEqual([['["row","rows","a"]', '[1,{"id":"a","value":1}]']]);
  expect(one.changes()).toEqual([]);
  other.adopt(changes);
  expect(other.changes()).toEqual([]);
  expect(other.get(rows, "a")).toEqual({ id: "a", value: 1 });
});

/** Two stores, and the way of what has changed in one to the other. */
const pair = () => {
  const [one, other] = [replicatedStore(), replicatedStore()];
  return { one, other, sync: () => other.adopt(one.changes()) };
};

it("has a list as it grows, and none once all is cleared", () => {
  const { one, other, sync } = pair();
  expect(one.append("history", "a", "first")).toBe(1);
  sync();
  expect(one.append("history", "a", "")).toBe(2);
  sync();
  expect(other.list("history", "a")).toEqual(["first", ""]);
  expect(other.append("history", "a", "third")).toBe(3);
  one.adopt(other.changes());
  expect(one.list("history", "a")).toEqual(["first", "", "third"]);
  one.clear();
  sync();
  expect(other.list("history", "a")).toEqual([]);
  expect(other.state().lists).toEqual({});
});

it("goes on with a sequence where another server has come to", () => {
  const { one, other, sync } = pair();
  expect([one.next("ids"), one.next("ids")]).toEqual([1, 2]);
  sync();
  expect(other.next("ids")).toBe(3);
  one.clear();
  sync();
  expect(other.next("ids")).toBe(1);
});

it("shows rows in the order in which they came, wherever that was", () => {
  const { one, other, sync } = pair();
  const ids = (store: Store): string[] => store.all(rows).map(({ id }) => id);
  for (const id of ["a", "b", "c"]) one.put(rows, { id, value: 1 });
  sync();
  other.put(rows, { id: "d", value: 1 });
  other.put(rows, { id: "b", value: 2 });
  one.adopt(other.changes());
  expect(ids(one)).toEqual(["a", "b", "c", "d"]);
  one.delete(rows, "a");
  one.put(rows, { id: "a", value: 3 });
  one.put(rows, { id: "e", value: 3 });
  sync();
  for (const store of [one, other]) expect(ids(store)).toEqual(["b", "c", "d", "a", "e"]);
});

it("has the tenth row after the ninth for a server that comes late", () => {
  const one = replicatedStore();
  for (let value = 1; value <= 12; value++) one.put(rows, { id: `${value}`, value });
  const late = replicatedStore();
  late.adopt(one.changes().toReversed());
  expect(late.all(rows).map(({ value }) => value)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
});

it("is another one altogether after a saved state was put back", () => {
  const { one, other, sync } = pair();
  for (const id of ["a", "b"]) one.put(rows, { id, value: 1 });
  const saved = one.state();
  one.put(rows, { id: "c", value: 1 });
  one.append("history", "a", "first");
  one.next("ids");
  sync();
  one.restore({ ...saved, lists: { log: [["x", ["y"]]] }, sequences: { ids: 7 } });
  sync();
  expect(other.state()).toEqual(one.state());
  expect(other.all(rows).map(({ id }) => id)).toEqual(["a", "b"]);
  expect([...other.paths()].toSorted()).toEqual([...one.paths()].toSorted());
});
