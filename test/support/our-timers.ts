import { vi } from "vitest";
import { timers } from "../../src/core/timers.ts";

/** Fakes the runner's timers, and ours with them, until `vi.useRealTimers()` and `vi.restoreAllMocks()`. */
export function fakeOurTimers(options?: Parameters<typeof vi.useFakeTimers>[0]): void {
  vi.useFakeTimers(options);
  for (const name of Object.keys(timers) as (keyof typeof timers)[]) {
    vi.spyOn(timers, name).mockImplementation(globalThis[name] as never);
  }
}
