import { describe, expect, it } from "vitest";
import { memoryStore, type Store, type Table } from "../../src/core/store.ts";

interface Device {
  readonly id: string;
  readonly tags: readonly string[];
}

const devices: Table<Device> = { name: "devices", key: ({ id }) => id };
const others: Table<Device> = { name: "others", key: ({ id }) => id };
const device = (id: string, ...tags: string[]): Device => ({ id, tags });

it("gives back a row by its key, and nothing for a key that it does not have", () => {
  const store = memoryStore();
  store.put(devices, device("a", "x"));
  expect(store.get(devices, "a")).toEqual(device("a", "x"));
  expect(store.get(devices, "b")).toBeUndefined();
  expect(store.get(devices, "A")).toBeUndefined();
});

it.each(["__proto__", "constructor", "toString", ""])(
  "takes %j for a key like any other",
  (key) => {
    const store = memoryStore();
    expect(store.get(devices, key)).toBeUndefined();
    store.put(devices, device(key));
    expect(store.get(devices, key)).toEqual(device(key));
  },
);

it("puts a row in the place of the one with its key", () => {
  const store = memoryStore();
  store.put(devices, device("a", "old"));
  store.put(devices, device("b"));
  store.put(devices, device("a", "new"));
  expect(store.all(devices)).toEqual([device("a", "new"), device("b")]);
  expect(store.all(devices).length).toBe(2);
});

it("lists rows in the order in which they came", () => {
  const store = memoryStore();
  for (const id of ["b", "10", "a", "9"]) store.put(devices, device(id));
  expect(store.all(devices).map(({ id }) => id)).toEqual(["b", "10", "a", "9"]);
});

it("gives the rows that came first, as many as asked for", () => {
  const store = memoryStore();
  for (const id of ["b", "a", "c"]) store.put(devices, device(id));
  const oldest = (most: number) => store.oldest(devices, most).map(({ id }) => id);
  expect([oldest(1), oldest(2), oldest(9)]).toEqual([["b"], ["b", "a"], ["b", "a", "c"]]);
  store.delete(devices, "b");
  expect([oldest(1), store.oldest(others, 1)]).toEqual([["a"], []]);
});

it("its list of rows cannot be changed, and is the same until its table changes", () => {
  const store = memoryStore();
  store.put(devices, device("a"));
  const all = store.all(devices);
  expect(() => (all as Device[]).push(device("b"))).toThrow(TypeError);
  expect(() => (store.all(others) as unknown[]).push(1)).toThrow(TypeError);
  store.put(others, device("o"));
  expect(store.all(devices)).toBe(all);
  store.put(devices, device("c"));
  expect([all.length, store.all(devices).length]).toEqual([1, 2]);
});

it("deletes a row once", () => {
  const store = memoryStore();
  store.put(devices, device("a"));
  expect(store.delete(devices, "a")).toBe(true);
  expect(store.delete(devices, "a")).toBe(false);
  expect([store.all(devices), store.all(devices).length]).toEqual([[], 0]);
});

it("keeps tables apart", () => {
  const store = memoryStore();
  store.put(devices, device("a"));
  expect(store.get(others, "a")).toBeUndefined();
  expect(store.delete(others, "a")).toBe(false);
  expect(store.all(others).length).toBe(0);
});

it("counts each sequence from 1 by itself", () => {
  const store = memoryStore();
  expect([store.next("a"), store.next("a"), store.next("b"), store.next("a")]).toEqual([
    1, 2, 1, 3,
  ]);
});

it("keeps lists apart, and their entries in the order in which they came", () => {
  const store = memoryStore();
  for (const entry of ["b", "a", "b"]) store.append("one", "key", entry);
  store.append("one", "other key", "x");
  expect(store.list("one", "key")).toEqual(["b", "a", "b"]);
  expect([store.list("two", "key"), store.list("one", "no key")]).toEqual([[], []]);
  store.clear();
  expect(store.list("one", "key")).toEqual([]);
});

it("is not changed by being read", () => {
  const store = memoryStore();
  const before = store.state();
  store.get(devices, "a");
  store.all(devices);
  store.delete(devices, "a");
  store.list("one", "key");
  expect(store.state()).toEqual(before);
});

it("is empty when cleared, and its sequences begin again", () => {
  const store = memoryStore();
  store.put(devices, device("a"));
  store.next("a");
  store.clear();
  expect([store.all(devices), store.next("a")]).toEqual([[], 1]);
});

describe("a saved state", () => {
  const filled = (): ReturnType<typeof memoryStore> => {
    const store = memoryStore();
    store.put(devices, device("b", "x"));
    store.put(devices, device("a"));
    store.append("log", "a", "first");
    store.next("ids");
    return store;
  };

  const changeInPlace = (row: Device | undefined): void => {
    (row as unknown as { tags: string[] }).tags.push("changed");
  };

  it("is JSON, and fills another store with the same rows in the same order", () => {
    const copy = memoryStore();
    copy.restore(JSON.parse(JSON.stringify(filled().state())));
    expect(copy.all(devices)).toEqual([device("b", "x"), device("a")]);
    expect(copy.list("log", "a")).toEqual(["first"]);
    expect(copy.next("ids")).toBe(2);
  });

  it("replaces the content of the store", () => {
    const store = memoryStore();
    store.put(others, device("z"));
    store.append("log", "z", "first");
    store.next("z");
    store.restore(filled().state());
    expect([store.all(others).length, store.next("z")]).toEqual([0, 1]);
    expect(store.list("log", "z")).toEqual([]);
  });

  it("does not move with the store that it came from, or that it went into", () => {
    const store = filled();
    const saved = store.state();
    const untouched = structuredClone(saved);
    store.delete(devices, "a");
    changeInPlace(store.get(devices, "b"));
    store.next("ids");
    expect(saved).toEqual(untouched);
    store.restore(saved);
    changeInPlace(store.get(devices, "b"));
    expect(saved).toEqual(untouched);
  });
});

it.each<[string, (store: Store) => unknown]>([
  ["another row", (store) => store.put(devices, device("c"))],
  ["another row in place of one", (store) => store.put(devices, device("a", "new"))],
  ["a row less", (store) => store.delete(devices, "a")],
  ["another entry", (store) => store.append("log", "a", "second")],
  ["another number", (store) => store.next("ids")],
  ["nothing", (store) => store.clear()],
  ["what another store held", (store) => store.take(memoryStore().content())],
])("the content that was asked for does not change with a store that gets %s", (_, change) => {
  const store = memoryStore();
  store.put(devices, device("a"));
  store.put(devices, device("b"));
  store.append("log", "a", "first");
  store.next("ids");
  const before = store.state();
  const copy = memoryStore(store.content());
  change(store);
  expect(copy.state()).toEqual(before);
  expect(store.state()).not.toEqual(before);
});

it("counts the rows of a table, and none of a table that was never used", () => {
  const store = memoryStore();
  for (const id of ["a", "b", "a"]) store.put(devices, device(id));
  expect([store.count(devices), store.count(others)]).toEqual([2, 0]);
});
