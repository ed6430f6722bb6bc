import { every } from "../core/clock.ts";
import type { Target } from "./target.ts";

/** How often it is checked whether a client has made its first call, in milliseconds. */
const BEAT = 25;

/**
 * Limits how many clients start at once. A client that starts needs a processor; one that has made its first call waits
 * most of the time, so many of those can run.
 */
export interface Starts {
  /** Resolves when a client may start, with a function that lets the next one start. */
  next(): Promise<() => void>;
}

export function limitStarts(most: number): Starts {
  const waiting: (() => void)[] = [];
  let free = most;
  return {
    next: () =>
      new Promise((resolve) => {
        const start = (): void => resolve(() => (waiting.shift() ?? (() => free++))());
        if (free === 0) return void waiting.push(start);
        free--;
        start();
      }),
  };
}

/** Resolves when a tenant has a call, or when the client's run has ended without one. */
export function firstCall(
  { exchanges }: Pick<Target, "exchanges">,
  tenant: string,
  run: Promise<unknown>,
): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      stop();
      resolve();
    };
    // The tenant may not exist yet.
    const look = (): Promise<void> =>
      exchanges(tenant).then(
        ({ length }) => (length > 0 ? end() : undefined),
        () => {},
      );
    const stop = every(BEAT, look);
    run.then(end, end);
  });
}
