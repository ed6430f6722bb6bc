import { memoryStore, nothingHeld, type Store, within, writable } from "../store.ts";
import type { Change, Replicated } from "./replicated.ts";

/** A store in memory that reports its changes, so that other servers can copy them. */
export interface ReplicatedStore extends Store, Replicated {
  /** Goes on with all sequences after `atLeast`, and leaves out that many numbers: another server may have given them out. */
  skip(numbers: number, atLeast: number): void;
  /** What there is now is stored. */
  confirm(): void;
  /**
   * Goes back to what was stored, unless everything was replaced since. Sequences do not go back: it may be unknown
   * whether others have seen their numbers.
   */
  revert(): void;
  /** Adopts many changes in pieces of that size. */
  adopting(changes: readonly Change[], pieceSize: number): Iterable<unknown>;
}

export function replicatedStore(): ReplicatedStore {
  const held = nothingHeld();
  const { tables, lists, sequences } = held;
  const inner = memoryStore(held);
  const changed = new Map<string, Path>();
  /** The order number of each row. A table lists its rows in insertion order, on every server. */
  const orders = new Map<string, number>();
  let latest = 0;
  /** The stored values at the paths that have changed since. Undefined if everything was replaced. */
  let stored: Map<string, string | undefined> | undefined = new Map();

  function* paths(): Iterable<string> {
    for (const [name, rows] of tables)
      for (const key of rows.keys()) yield textOf(["row", name, key]);
    for (const [name, found] of lists) {
      for (const [key, entries] of found) {
        for (const index of entries.keys()) yield textOf(["entry", name, key, index]);
      }
    }
    for (const name of sequences.keys()) yield textOf(["sequence", name]);
  }
  const change = (parts: Path): string => {
    const path = textOf(parts);
    changed.set(path, parts);
    return path;
  };
  const touch = (parts: Path): string => {
    const path = change(parts);
    if (stored && !stored.has(path)) stored.set(path, valueAt(path, parts));
    return path;
  };
  const touchAll = (): void => {
    stored = undefined;
    for (const path of paths()) changed.set(path, partsOf(path));
  };
  const replace = (put: () => void): void => {
    touchAll();
    orders.clear();
    put();
    for (const path of paths()) if (isRow(path)) orders.set(path, ++latest);
    touchAll();
  };
  const valueAt = (path: string, [kind, name, key, index]: Path): string | undefined => {
    switch (kind) {
      case "row": {
        const row = tables.get(name)?.get(key);
        return row === undefined ? undefined : JSON.stringify([orders.get(path), row]);
      }
      case "entry":
        return JSON.stringify(lists.get(name)?.get(key)?.[index]);
      case "sequence":
        return sequences.get(name)?.toString();
    }
  };
  const adopt = (path: string, value: string | undefined): void => {
    const [kind, name, key, index] = partsOf(path);
    switch (kind) {
      case "row": {
        const [order, row] = value === undefined ? [] : (JSON.parse(value) as [number, unknown]);
        // A row that was deleted and put again is now at the end.
        if (orders.get(path) !== order) writable(tables, name).delete(key);
        if (order === undefined) return void orders.delete(path);
        writable(tables, name).set(key, row);
        orders.set(path, order);
        latest = Math.max(latest, order);
        return;
      }
      case "entry": {
        const entries = lists.get(name)?.get(key) ?? [];
        within(lists, name).set(key, entries);
        if (value !== undefined) entries[index] = JSON.parse(value);
        else if (index < entries.length) entries.length = index;
        if (entries.length === 0) lists.get(name)?.delete(key);
        return;
      }
      case "sequence":
        if (value === undefined) sequences.delete(name);
        else sequences.set(name, Number(value));
    }
  };

  return {
    ...inner,
    put: (table, row) => {
      const path = touch(["row", table.name, table.key(row)]);
      if (!orders.has(path)) orders.set(path, ++latest);
      inner.put(table, row);
    },
    delete: (table, key) => {
      orders.delete(touch(["row", table.name, key]));
      return inner.delete(table, key);
    },
    append: (list, key, entry) => {
      touch(["entry", list, key, inner.list(list, key).length]);
      return inner.append(list, key, entry);
    },
    next: (sequence) => {
      change(["sequence", sequence]);
      const skipped = sequences.get(SKIPPED);
      if (skipped && !sequences.has(sequence) && !isTrigger(sequence)) {
        sequences.set(sequence, skipped);
      }
      return inner.next(sequence);
    },
    clear: () => {
      touchAll();
      orders.clear();
      inner.clear();
    },
    restore: (state) => replace(() => inner.restore(state)),
    take: (content) => replace(() => inner.take(content)),
    skip: (numbers, atLeast) => {
      for (const name of new Set([...sequences.keys(), SKIPPED])) {
        change(["sequence", name]);
        sequences.set(name, Math.max(atLeast, (sequences.get(name) ?? 0) + numbers));
      }
    },
    confirm: () => {
      stored = new Map();
    },
    revert: () => {
      for (const [path, value] of stored ?? []) {
        adopt(path, value);
        changed.delete(path);
      }
      for (const name of new Set([...(stored?.keys() ?? [])].filter(isRow).map(tableOf))) {
        const rows = [...(tables.get(name) ?? [])];
        const orderIn = ([key]: [string, unknown]): number =>
          orders.get(textOf(["row", name, key])) ?? 0;
        tables.set(name, new Map(rows.sort((a, b) => orderIn(a) - orderIn(b))));
      }
      stored = new Map();
    },
    paths,
    read: (path) => valueAt(path, partsOf(path)),
    changes: () => {
      const all = [...changed].map(([path, parts]): Change => [path, valueAt(path, parts)]);
      changed.clear();
      return all;
    },
    adopt: (changes) => {
      for (const [path, value] of changes.toSorted(byOrder)) adopt(path, value);
    },
    adopting: function* (changes, pieceSize) {
      for (const [index, [path, value]] of changes.toSorted(byOrder).entries()) {
        adopt(path, value);
        if (index % pieceSize === 0) yield;
      }
    },
  };
}

/** The sequence that holds where new sequences start after numbers were left out. */
const SKIPPED = "*";

/** Counts calls from 1, and gives out no ids. */
const isTrigger = (sequence: string): boolean => sequence.startsWith("trigger ");

type Path =
  | readonly [kind: "row", table: string, key: string, index?: never]
  | readonly [kind: "entry", list: string, key: string, index: number]
  | readonly [kind: "sequence", name: string, key?: never, index?: never];

const textOf = (parts: Path): string => JSON.stringify(parts);
const partsOf = (path: string): Path => JSON.parse(path) as Path;

const tableOf = (path: string): string => partsOf(path)[1];
const isRow = (path: string): boolean => path.startsWith('["row"');

/** Rows in insertion order. The order of other changes does not matter. */
const byOrder = (a: Change, b: Change): number => orderOf(a) - orderOf(b);
const orderOf = ([path, value]: Change): number =>
  value !== undefined && isRow(path) ? Number(/\d+/.exec(value)?.[0]) : 0;
