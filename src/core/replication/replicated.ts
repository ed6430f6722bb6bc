/** The new value at a path, as text. Undefined if it was removed. */
export type Change = readonly [path: string, value: string | undefined];

/** A part of a tenant that several servers copy. A path is JSON: `["row","vendor.devices","5"]`. */
export interface Replicated {
  /** The changes since the last call. */
  changes(): Change[];
  /** Applies the changes of another server. */
  adopt(changes: readonly Change[]): void;
  /** Every path that has a value. */
  paths(): Iterable<string>;
  /** The value at a path. */
  read(path: string): string | undefined;
}
