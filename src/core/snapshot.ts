import { type ClockState, isClockState } from "./clock.ts";
import { KitError } from "./errors.ts";
import { atOnce } from "./in-turns.ts";
import { redactTexts } from "./journal/redact-texts.ts";
import { isObject } from "./json/is-object.ts";
import type { RandomState } from "./random.ts";
import { windows } from "./rate.ts";
import { misfit } from "./shape.ts";
import type { Held, StoreState, Table } from "./store.ts";
import type { Tenant } from "./tenant.ts";

/**
 * The state of a tenant as JSON: inventory, actions, clock, random source. Without credentials, journal, fault rules and
 * the scenario's name.
 */
export interface Snapshot {
  readonly format: typeof FORMAT;
  /** The version of fauxdr that wrote it. For people only. */
  readonly version: string;
  readonly clock: ClockState;
  readonly random: RandomState;
  readonly store: StoreState;
}

/** How many rows are one piece: a few milliseconds of work. */
const AT_ONCE = 500;

/** Increased when older snapshots can no longer be read. */
const FORMAT = 1;

/** `clean` gets each text of the rows, and returns the text to show. */
export const takeSnapshot = (
  tenant: Tenant,
  version: string,
  clean = (text: string): string => text,
): Snapshot => atOnce(snapshotting(tenant, version, clean));

/** The same in pieces, for large tenants. It shows the state at the time of the first piece. */
export function* snapshotting(
  { clock, random, store }: Tenant,
  version: string,
  clean: (text: string) => string,
): Iterable<unknown, Snapshot> {
  const head = { format: FORMAT, version, clock: clock.state(), random: random.state() } as const;
  const { tables, lists, sequences } = store.content();
  const text = remembering(clean);
  return {
    ...head,
    store: {
      tables: yield* entriesOf(tables, text),
      lists: yield* entriesOf(lists, text),
      sequences: redactTexts(Object.fromEntries(sequences), { text }),
    },
  };
}

/** Copies of all entries. Without empty maps: whether a map was ever used must make no difference. */
function* entriesOf<Value>(
  maps: ReadonlyMap<string, ReadonlyMap<string, Value>>,
  text: (text: string) => string,
): Iterable<unknown, Record<string, [key: string, value: Value][]>> {
  const all: [string, [string, Value][]][] = [];
  for (const [name, rows] of maps) {
    if (rows.size === 0) continue;
    const entries: [string, Value][] = [];
    for (const row of rows) {
      if (entries.push(redactTexts(row, { text })) % AT_ONCE === 0) yield;
    }
    all.push([text(name), entries]);
  }
  return Object.fromEntries(all);
}

/**
 * The JSON text of a snapshot in pieces, for large tenants. It shows the state at the time of the call. `clean` gets
 * each text of its rows, and returns the text to show.
 */
export function snapshotText(
  { clock, random, store }: Tenant,
  version: string,
  clean: (text: string) => string,
): Iterable<string> {
  const { tables, lists, sequences } = store.content();
  const head = JSON.stringify({
    format: FORMAT,
    version,
    clock: clock.state(),
    random: random.state(),
  });
  const text = remembering(clean);
  return (function* () {
    yield `${head.slice(0, -1)},"store":{"tables":`;
    yield* entriesText(tables, text);
    yield ',"lists":';
    yield* entriesText(lists, text);
    yield `,"sequences":${JSON.stringify(redactTexts(Object.fromEntries(sequences), { text }))}}}`;
  })();
}

function* entriesText(
  maps: ReadonlyMap<string, ReadonlyMap<string, unknown>>,
  text: (text: string) => string,
): Iterable<string> {
  let isFirst = true;
  for (const [name, rows] of maps) {
    if (rows.size === 0) continue;
    yield `${isFirst ? "{" : ","}${JSON.stringify(text(name))}:`;
    isFirst = false;
    let before = "[";
    for (const row of rows) {
      yield before + JSON.stringify(redactTexts(row, { text }));
      before = ",";
    }
    yield "]";
  }
  yield isFirst ? "{}" : "}";
}

/** Limit on the cached texts. Names of members and states are in every row. */
const MOST_REMEMBERED = 1000;

function remembering(clean: (text: string) => string): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const found = known.get(text) ?? clean(text);
    if (known.size < MOST_REMEMBERED) known.set(text, found);
    return found;
  };
}

/**
 * Replaces a tenant's state by that of a snapshot. Throws a KitError, and changes nothing, if the snapshot is invalid or
 * a row of one of the `tables` is.
 */
export const restoreSnapshot = (
  tenant: Tenant,
  snapshot: unknown,
  tables: readonly Table<never>[] = [],
): void => atOnce(restoring(tenant, snapshot, tables));

/** The same in pieces, for large snapshots. Nothing changes before the last piece. */
export function* restoring(
  { clock, random, store }: Tenant,
  snapshot: unknown,
  tables: readonly Table<never>[],
): Iterable<unknown, void> {
  const { clock: time, random: chance, store: state } = understood(snapshot);
  for (const table of [windows, ...tables] as readonly Table<unknown>[]) {
    yield* checkRows(table, state.tables[table.name] ?? []);
  }
  const held: Held = {
    tables: yield* copies(state.tables),
    lists: yield* copies(state.lists),
    sequences: new Map(Object.entries(state.sequences)),
  };
  // No yield below: atomic.
  store.take(held);
  clock.restore(time);
  random.restore(chance);
}

function* copies<Value>(
  named: Readonly<Record<string, readonly (readonly [key: string, value: Value])[]>>,
): Iterable<unknown, Map<string, Map<string, Value>>> {
  const maps = new Map<string, Map<string, Value>>();
  for (const [name, entries] of Object.entries(named)) {
    const rows = new Map<string, Value>();
    for (let from = 0; from < entries.length; from += AT_ONCE) {
      yield;
      const some = structuredClone(entries.slice(from, from + AT_ONCE));
      for (const [key, value] of some) rows.set(key, value);
    }
    maps.set(name, rows);
  }
  return maps;
}

function* checkRows(
  table: Table<unknown>,
  rows: readonly (readonly [key: string, row: unknown])[],
): Iterable<unknown, void> {
  for (const [index, [key, row]] of rows.entries()) {
    if (index % AT_ONCE === 0) yield;
    const place = misfit(row, table.shape ?? { members: {} });
    const wrong =
      place === undefined && table.key(row) !== key ? "is under another key than its own" : place;
    if (wrong === undefined) continue;
    const what = place === undefined ? wrong : `cannot be understood at ${place}`;
    throw new KitError(
      `The snapshot is damaged: the row ${JSON.stringify(key.slice(0, 100))} of "${table.name}" ${what}.`,
    );
  }
}

function understood(value: unknown): Snapshot {
  if (!isObject(value) || typeof value["format"] !== "number") {
    throw new KitError("This is not a snapshot: it has no format number.");
  }
  if (value["format"] !== FORMAT) {
    throw new KitError(
      `The snapshot has format ${value["format"]}, and this version reads format ${FORMAT}: take it again.`,
    );
  }
  const broken = PARTS.find(([name, isRight]) => !isRight(value[name]));
  if (broken) throw new KitError(`The snapshot is damaged: its "${broken[0]}" is not valid.`);
  return value as unknown as Snapshot;
}

const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0;

const isEntries =
  (isValue: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    Array.isArray(value) &&
    value.every(
      (entry) =>
        Array.isArray(entry) &&
        entry.length === 2 &&
        typeof entry[0] === "string" &&
        isValue(entry[1]),
    );

const isStrings = (value: unknown): boolean =>
  Array.isArray(value) && value.every((entry) => typeof entry === "string");

const holds = (value: unknown, isRight: (member: unknown) => boolean): boolean =>
  isObject(value) && Object.values(value).every(isRight);

const PARTS: readonly (readonly [keyof Snapshot, (value: unknown) => boolean])[] = [
  ["clock", isClockState],
  [
    "random",
    (value) =>
      Array.isArray(value) && value.length === 4 && value.every((word) => (word | 0) === word),
  ],
  [
    "store",
    (value) =>
      isObject(value) &&
      holds(value["tables"], isEntries(isObject)) &&
      holds(value["lists"], isEntries(isStrings)) &&
      holds(value["sequences"], isCount),
  ],
];
