/** What is at a path of a world now, as JSON; nothing where there is nothing any more. */
export type Change = readonly [path: string, value: string | undefined];

/** A part of a world of which several servers have a copy. A path is JSON: `["row","vendor.devices","5"]`. */
export interface Replicated {
  /** What has changed since this was last asked. */
  changes(): Change[];
  /** Takes over what another server has changed. */
  adopt(changes: readonly Change[]): void;
  /** Every path at which there is something. */
  paths(): Iterable<string>;
}
