import { expect, it } from "vitest";
import { derived } from "../../src/core/derived.ts";
import { memoryStore } from "../../src/core/store.ts";

interface Row {
  readonly id: string;
  readonly size: number;
}

const table = { name: "rows", key: ({ id }: Row) => id };

it("works a value out once for the rows of a table, and again after each change of it", () => {
  const store = memoryStore();
  let worked = 0;
  const current = (): number => {
    const rows = store.all(table);
    return derived(rows, "sum", () => {
      worked++;
      return rows.reduce((total, { size }) => total + size, 0);
    });
  };
  store.put(table, { id: "a", size: 1 });
  expect([current(), current(), worked]).toEqual([1, 1, 1]);
  expect(derived(store.all(table), "count", () => store.all(table).length)).toBe(1);
  store.put(table, { id: "b", size: 2 });
  expect([current(), current(), worked]).toEqual([3, 3, 2]);
  store.put(table, { id: "a", size: 5 });
  expect(current()).toBe(7);
  store.delete(table, "b");
  expect(current()).toBe(5);
  const content = store.content();
  store.put(table, { id: "c", size: 1 });
  expect(current()).toBe(6);
  store.take(content);
  expect(current()).toBe(5);
  store.clear();
  expect(current()).toBe(0);
});

it("keeps the last sixteen results of an array", () => {
  const rows = [1];
  const worked: number[] = [];
  const ask = (key: number): number =>
    derived(rows, key, () => {
      worked.push(key);
      return key;
    });
  for (let key = 1; key <= 17; key++) ask(key);
  for (let key = 17; key >= 1; key--) expect(ask(key)).toBe(key);
  expect(worked.slice(17)).toEqual([1]);
});

it("keeps a result that is undefined", () => {
  const rows = [1];
  let worked = 0;
  const ask = (): undefined => derived(rows, "nothing", () => void worked++);
  ask();
  ask();
  expect(worked).toBe(1);
});
