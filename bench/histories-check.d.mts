/** A call, or a wipe of the store, with the times of its start and end. `found`: an id, ids, or undefined if it failed. */
export interface HistoryEvent {
  readonly kind: "write" | "read" | "wipe";
  readonly tenant?: string;
  readonly started: number;
  readonly ended: number;
  readonly found?: number | readonly number[];
}

export function checkHistory(events: readonly HistoryEvent[], tenant: string): string[];
