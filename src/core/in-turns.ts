import { monotonic } from "./clock.ts";
import { timers } from "./timers.ts";

/** How long work may block the event loop at a time. */
const HELD_MS = 8;

/**
 * Runs long work piece by piece, without blocking the event loop. Resolves with what the work returns, and rejects if a
 * piece throws.
 */
export async function inTurns<Result>(pieces: Iterable<unknown, Result>): Promise<Result> {
  const work = pieces[Symbol.iterator]();
  let since = monotonic();
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    if (monotonic() - since < HELD_MS) continue;
    await new Promise<void>((resolve) => void timers.setImmediate(resolve));
    since = monotonic();
  }
}

/** Runs it all at once. */
export function atOnce<Result>(pieces: Iterable<unknown, Result>): Result {
  const work = pieces[Symbol.iterator]();
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}
