import type { Shape } from "./shape.ts";

/** A named collection of rows. It carries the type of its rows, and knows their keys. */
export interface Table<Row> {
  readonly name: string;
  /** A method, so that a table of a row's subtype is assignable to a table of that row type. */
  key(row: Row): string;
  /** The shape to check rows from outside (snapshots) against. */
  readonly shape?: Shape;
}

/** A tenant's state. Rows are plain JSON. Never change a row in place: `put` a new one. */
export interface Store {
  get<Row>(table: Table<Row>, key: string): Row | undefined;
  /** All rows in the order in which they were put. The same array until the table changes: see derived.ts. */
  all<Row>(table: Table<Row>): readonly Row[];
  /** Up to `most` rows, those that were put first. Reads no more of them. */
  oldest<Row>(table: Table<Row>, most: number): Row[];
  count<Row>(table: Table<Row>): number;
  put<Row>(table: Table<Row>, row: Row): void;
  delete<Row>(table: Table<Row>, key: string): boolean;
  /** Appends to a list, creates it if needed, and returns its new length. */
  append(list: string, key: string, entry: string): number;
  /** The entries of a list, oldest first. Do not keep the array: it grows. */
  list(list: string, key: string): readonly string[];
  /** The next number of a named sequence, from 1. */
  next(sequence: string): number;
  clear(): void;
  state(): StoreState;
  /** The same without copies, which is quick: a table is copied before its next change. */
  content(): Held;
  restore(state: StoreState): void;
  /** Takes over the content of a store in memory, which must not be used after that. Fast for any size. */
  take(held: Held): void;
}

/** The whole content of a store, as JSON. */
export interface StoreState {
  readonly tables: Readonly<Record<string, readonly (readonly [key: string, row: unknown])[]>>;
  readonly lists: Readonly<Record<string, readonly (readonly [key: string, entries: string[]])[]>>;
  readonly sequences: Readonly<Record<string, number>>;
}

/** The content of a store in memory. */
export interface Held {
  readonly tables: Map<string, Map<string, unknown>>;
  readonly lists: Map<string, Map<string, string[]>>;
  readonly sequences: Map<string, number>;
}

export const nothingHeld = (): Held => ({
  tables: new Map(),
  lists: new Map(),
  sequences: new Map(),
});

/** A store in the memory of this process. */
export function memoryStore({ tables, lists, sequences }: Held = nothingHeld()): Store {
  const take = (held: Held): void => {
    moveInto(tables, held.tables);
    moveInto(lists, held.lists);
    moveInto(sequences, held.sequences);
  };
  return {
    get: <Row>(table: Table<Row>, key: string) =>
      tables.get(table.name)?.get(key) as Row | undefined,
    all: <Row>(table: Table<Row>) => listed(tables.get(table.name)) as readonly Row[],
    count: (table) => tables.get(table.name)?.size ?? 0,
    oldest: <Row>(table: Table<Row>, most: number) => {
      const found: Row[] = [];
      for (const row of tables.get(table.name)?.values() ?? []) {
        if (found.push(row as Row) >= most) break;
      }
      return found;
    },
    put: (table, row) => void writable(tables, table.name).set(table.key(row), row),
    delete: (table, key) =>
      tables.get(table.name)?.has(key) === true && writable(tables, table.name).delete(key),
    append: (list, key, entry) => {
      const named = within(lists, list);
      const entries = named.get(key);
      if (entries) return entries.push(entry);
      named.set(key, [entry]);
      return 1;
    },
    list: (list, key) => lists.get(list)?.get(key) ?? [],
    next: (sequence) => {
      const number = (sequences.get(sequence) ?? 0) + 1;
      sequences.set(sequence, number);
      return number;
    },
    clear: () => {
      tables.clear();
      lists.clear();
      sequences.clear();
    },
    state: () =>
      structuredClone({
        tables: filled(tables),
        lists: filled(lists),
        sequences: Object.fromEntries(sequences),
      }),
    content: () => {
      for (const rows of tables.values()) lent.add(rows);
      return {
        tables: new Map(tables),
        lists: copied(lists, (found) => copied(found, (entries) => [...entries])),
        sequences: new Map(sequences),
      };
    },
    restore: (state) => take(heldIn(structuredClone(state))),
    take,
  };
}

/** Tables that were handed out, so that they must not change. */
const lent = new WeakSet<Map<string, unknown>>();

/** The rows of tables as arrays, each until its table changes: a copy of a large fleet for each page would be slow. */
const arrays = new WeakMap<Map<string, unknown>, readonly unknown[]>();

const NO_ROWS: readonly unknown[] = Object.freeze([]);

function listed(rows: Map<string, unknown> | undefined): readonly unknown[] {
  if (!rows) return NO_ROWS;
  const known = arrays.get(rows);
  if (known) return known;
  const all = Object.freeze([...rows.values()]);
  arrays.set(rows, all);
  return all;
}

/** The rows of a table, to be changed. */
export function writable(
  tables: Map<string, Map<string, unknown>>,
  name: string,
): Map<string, unknown> {
  const rows = within(tables, name);
  if (!lent.has(rows)) {
    arrays.delete(rows);
    return rows;
  }
  const own = new Map(rows);
  tables.set(name, own);
  return own;
}

const copied = <Value>(maps: Map<string, Value>, copy: (value: Value) => Value) =>
  new Map([...maps].map(([name, value]) => [name, copy(value)]));

const heldIn = ({ tables, lists, sequences }: StoreState): Held => ({
  tables: mapsIn(tables),
  lists: mapsIn(lists),
  sequences: new Map(Object.entries(sequences)),
});

const mapsIn = <Value>(
  named: Readonly<Record<string, readonly (readonly [key: string, value: Value])[]>>,
): Map<string, Map<string, Value>> =>
  new Map(Object.entries(named).map(([name, found]) => [name, new Map(found)]));

const moveInto = <Value>(to: Map<string, Value>, from: Map<string, Value>): void => {
  to.clear();
  for (const [name, value] of from) to.set(name, value);
};

/** Named maps as JSON, without empty ones: whether a map was ever used must make no difference. */
const filled = <Value>(
  maps: Map<string, Map<string, Value>>,
): Record<string, [key: string, value: Value][]> =>
  Object.fromEntries(
    [...maps].filter(([, found]) => found.size > 0).map(([name, found]) => [name, [...found]]),
  );

/** The map of that name. Creates it if it is missing. */
export function within<Value>(
  maps: Map<string, Map<string, Value>>,
  name: string,
): Map<string, Value> {
  let found = maps.get(name);
  if (!found) {
    found = new Map();
    maps.set(name, found);
  }
  return found;
}
