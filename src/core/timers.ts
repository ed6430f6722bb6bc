import { clearInterval, clearTimeout, setImmediate, setInterval, setTimeout } from "node:timers";

/**
 * Node's own timers, captured when this file is loaded. Test runners replace the global ones (`vi.useFakeTimers()`), but
 * a mock in the same process must still answer.
 */
export const timers: {
  readonly clearInterval: typeof clearInterval;
  readonly clearTimeout: typeof clearTimeout;
  readonly setImmediate: typeof setImmediate;
  readonly setInterval: typeof setInterval;
  readonly setTimeout: typeof setTimeout;
} = { clearInterval, clearTimeout, setImmediate, setInterval, setTimeout };
