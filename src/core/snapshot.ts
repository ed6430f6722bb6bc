import type { ClockState } from "./clock.ts";
import { KitError } from "./errors.ts";
import type { RandomState } from "./random.ts";
import type { StoreState } from "./store.ts";
import type { Tenant } from "./tenant.ts";

/**
 * A tenant's world as JSON: inventory, actions, clock and chance. Credentials, journal, fault rules and the scenario's
 * name are not in it.
 */
export interface Snapshot {
  readonly format: typeof FORMAT;
  /** The version of fauxdr that wrote it; for people, not for a decision. */
  readonly version: string;
  readonly clock: ClockState;
  readonly random: RandomState;
  readonly store: StoreState;
}

/** Counted up when an older snapshot can no longer be understood. */
const FORMAT = 1;

export function takeSnapshot({ clock, random, store }: Tenant, version: string): Snapshot {
  return {
    format: FORMAT,
    version,
    clock: clock.state(),
    random: random.state(),
    store: store.state(),
  };
}

/** Puts a tenant into the world of a snapshot. One that cannot be understood throws a KitError and changes nothing. */
export function restoreSnapshot({ clock, random, store }: Tenant, snapshot: unknown): void {
  const { clock: time, random: chance, store: rows } = understood(snapshot);
  store.restore(rows);
  clock.restore(time);
  random.restore(chance);
}

function understood(value: unknown): Snapshot {
  if (!isObject(value) || typeof value["format"] !== "number") {
    throw new KitError("This is no snapshot: it has no format number.");
  }
  if (value["format"] !== FORMAT) {
    throw new KitError(
      `The snapshot has format ${value["format"]}, and this version reads format ${FORMAT}: take it again.`,
    );
  }
  const broken = PARTS.find(([name, isRight]) => !isRight(value[name]));
  if (broken)
    throw new KitError(`The snapshot is damaged: its "${broken[0]}" cannot be understood.`);
  return value as unknown as Snapshot;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isNumber = (value: unknown): value is number => Number.isFinite(value);

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
  [
    "clock",
    (value) => isObject(value) && (isNumber(value["frozenAt"]) || isNumber(value["offset"])),
  ],
  [
    "random",
    (value) => Array.isArray(value) && value.length === 4 && value.every(Number.isInteger),
  ],
  [
    "store",
    (value) =>
      isObject(value) &&
      holds(value["tables"], isEntries(isObject)) &&
      holds(value["lists"], isEntries(isStrings)) &&
      holds(value["sequences"], isNumber),
  ],
];
