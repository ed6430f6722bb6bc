import { KitError } from "../core/errors.ts";
import type { Own } from "./command-line.ts";

/** A day. Node's timers support at most 24.8 days, and fire at once for more. */
const MOST_SECONDS = 24 * 60 * 60;

/** `--time-limit` in milliseconds. Undefined if it is not given. Throws a KitError for an invalid value. */
export function timeLimitMs(own: Own): number | undefined {
  const seconds = own.count("time-limit");
  if (seconds === undefined) return undefined;
  if (seconds <= MOST_SECONDS) return 1000 * seconds;
  throw new KitError(`--time-limit takes at most ${MOST_SECONDS} seconds (a day), not ${seconds}.`);
}
