/** A named collection of rows and the way to a row's key. The type of the rows travels with it. */
export interface Table<Row> {
  readonly name: string;
  /** A method, so that a table of more particular rows is one of plainer rows too. */
  key(row: Row): string;
}

/** A tenant's state. Rows are plain JSON and are never changed in place: `put` a new one. */
export interface Store {
  get<Row>(table: Table<Row>, key: string): Row | undefined;
  all<Row>(table: Table<Row>): Row[];
  put<Row>(table: Table<Row>, row: Row): void;
  delete<Row>(table: Table<Row>, key: string): boolean;
  /** Adds to the end of a list, and answers how long it is now; lists come to be by it. */
  append(list: string, key: string, entry: string): number;
  /** A list's entries, oldest first; empty where nothing was appended. Not to be kept: it grows. */
  list(list: string, key: string): readonly string[];
  /** The next number of a named sequence, from 1. */
  next(sequence: string): number;
  clear(): void;
  state(): StoreState;
  restore(state: StoreState): void;
}

/** Everything a store holds, as JSON. */
export interface StoreState {
  readonly tables: Readonly<Record<string, readonly (readonly [key: string, row: unknown])[]>>;
  readonly lists: Readonly<Record<string, readonly (readonly [key: string, entries: string[]])[]>>;
  readonly sequences: Readonly<Record<string, number>>;
}

/** A store in this process's memory. */
export function memoryStore(): Store {
  const tables = new Map<string, Map<string, unknown>>();
  const lists = new Map<string, Map<string, string[]>>();
  const sequences = new Map<string, number>();
  return {
    get: <Row>(table: Table<Row>, key: string) =>
      tables.get(table.name)?.get(key) as Row | undefined,
    all: <Row>(table: Table<Row>) => [...(tables.get(table.name)?.values() ?? [])] as Row[],
    put: (table, row) => void within(tables, table.name).set(table.key(row), row),
    delete: (table, key) => tables.get(table.name)?.delete(key) ?? false,
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
        tables: Object.fromEntries([...tables].map(([name, found]) => [name, [...found]])),
        lists: Object.fromEntries([...lists].map(([name, found]) => [name, [...found]])),
        sequences: Object.fromEntries(sequences),
      }),
    restore: (state) => {
      const saved = structuredClone(state);
      tables.clear();
      lists.clear();
      sequences.clear();
      for (const [name, found] of Object.entries(saved.tables)) tables.set(name, new Map(found));
      for (const [name, found] of Object.entries(saved.lists)) lists.set(name, new Map(found));
      for (const [name, number] of Object.entries(saved.sequences)) sequences.set(name, number);
    },
  };
}

/** The map of that name among named maps, made where there is none. */
function within<Value>(maps: Map<string, Map<string, Value>>, name: string): Map<string, Value> {
  let found = maps.get(name);
  if (!found) {
    found = new Map();
    maps.set(name, found);
  }
  return found;
}
