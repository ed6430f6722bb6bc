import { clearInterval, clearTimeout, setImmediate, setInterval, setTimeout } from "node:timers";

/**
 * Node's own timers, taken when this file is loaded. Test runners replace the global ones (`vi.useFakeTimers()`), and a
 * mock in the same process has to answer all the same.
 */
export const timers: {
  readonly clearInterval: typeof clearInterval;
  readonly clearTimeout: typeof clearTimeout;
  readonly setImmediate: typeof setImmediate;
  readonly setInterval: typeof setInterval;
  readonly setTimeout: typeof setTimeout;
} = { clearInterval, clearTimeout, setImmediate, setInterval, setTimeout };
