import { monotonic } from "./clock.ts";
import { timers } from "./timers.ts";

/** How long work may block the event loop at a time. */
const HELD_MS = 8;

/** Runs long work piece by piece, without blocking the event loop. Rejects if a piece throws. */
export async function inTurns(pieces: Iterable<unknown>): Promise<void> {
  let since = monotonic();
  for (const _ of pieces) {
    if (monotonic() - since < HELD_MS) continue;
    await new Promise<void>((resolve) => void timers.setImmediate(resolve));
    since = monotonic();
  }
}

/** Runs it all at once. */
export function atOnce(pieces: Iterable<unknown>): void {
  for (const _ of pieces);
}
