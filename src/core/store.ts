/** A named collection of rows and the way to a row's key. The type of the rows travels with it. */
export interface Table<Row> {
  readonly name: string;
  readonly key: (row: Row) => string;
}

/** A tenant's state. Rows are plain JSON and are never changed in place: `put` a new one. */
export interface Store {
  get<Row>(table: Table<Row>, key: string): Row | undefined;
  all<Row>(table: Table<Row>): Row[];
  count(table: Table<never>): number;
  put<Row>(table: Table<Row>, row: Row): void;
  delete<Row>(table: Table<Row>, key: string): boolean;
  /** The next number of a named sequence, from 1. */
  next(sequence: string): number;
  clear(): void;
  state(): StoreState;
  restore(state: StoreState): void;
}

/** Everything a store holds, as JSON. */
export interface StoreState {
  readonly tables: Readonly<Record<string, readonly (readonly [key: string, row: unknown])[]>>;
  readonly sequences: Readonly<Record<string, number>>;
}

/** A store in this process's memory. */
export function memoryStore(): Store {
  const tables = new Map<string, Map<string, unknown>>();
  const sequences = new Map<string, number>();
  const rows = (name: string): Map<string, unknown> => {
    let found = tables.get(name);
    if (!found) {
      found = new Map();
      tables.set(name, found);
    }
    return found;
  };
  return {
    get: <Row>(table: Table<Row>, key: string) => rows(table.name).get(key) as Row | undefined,
    all: <Row>(table: Table<Row>) => [...rows(table.name).values()] as Row[],
    count: (table) => rows(table.name).size,
    put: (table, row) => void rows(table.name).set(table.key(row), row),
    delete: (table, key) => rows(table.name).delete(key),
    next: (sequence) => {
      const number = (sequences.get(sequence) ?? 0) + 1;
      sequences.set(sequence, number);
      return number;
    },
    clear: () => {
      tables.clear();
      sequences.clear();
    },
    state: () =>
      structuredClone({
        tables: Object.fromEntries([...tables].map(([name, found]) => [name, [...found]])),
        sequences: Object.fromEntries(sequences),
      }),
    restore: (state) => {
      const saved = structuredClone(state);
      tables.clear();
      sequences.clear();
      for (const [name, found] of Object.entries(saved.tables)) tables.set(name, new Map(found));
      for (const [name, number] of Object.entries(saved.sequences)) sequences.set(name, number);
    },
  };
}
