import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createClock, type TenantClock } from "../../src/core/clock.ts";
import { fakeOurTimers } from "../support/our-timers.ts";

const NOON = Date.parse("2026-01-31T12:00:00Z");
const DAY = 86_400_000;

beforeEach(() => {
  fakeOurTimers({ now: NOON });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

interface Wait {
  over: boolean;
}

/** A wait, and whether it is over. */
function wait(clock: TenantClock, at: number, gone?: AbortSignal): Wait {
  const state: Wait = { over: false };
  void clock.until(at, gone).then(() => {
    state.over = true;
  });
  return state;
}

/** Lets time pass, on the machine. */
const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

describe.each([
  ["frozen", () => createClock({ frozenAt: NOON })],
  ["running", () => createClock()],
])("on a %s clock", (_how, make) => {
  it.each([0, -1, -DAY])("a time that has come is not waited for: %i ms away", async (ms) => {
    const one = wait(make(), NOON + ms);
    await pass(0);
    expect(one.over).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each<[string, (clock: TenantClock) => void, boolean]>([
    ["an advance up to it", (clock) => clock.advance(1000), true],
    ["an advance short of it", (clock) => clock.advance(999), false],
    ["a jump up to it", (clock) => clock.set(NOON + 1000), true],
    ["a jump beyond it", (clock) => clock.set(NOON + DAY), true],
    ["a jump short of it", (clock) => clock.set(NOON + 999), false],
    ["a stop at a later moment", (clock) => clock.freeze(NOON + 1000), true],
    ["a stop at once", (clock) => clock.freeze(), false],
    ["a reset", (clock) => clock.reset(), true],
    ["a restored state", (clock) => clock.restore({ frozenAt: NOON - DAY }), true],
    ["another server's advance up to it", (clock) => clock.adopt({ frozenAt: NOON + 1000 }), true],
    ["another server's advance short of it", (clock) => clock.adopt({ offset: 999 }), false],
    ["another server's reset", (clock) => clock.adopt({ frozenAt: NOON - 1 }), true],
  ])("%s ends a wait, or not", async (_move, move, over) => {
    const clock = make();
    const one = wait(clock, NOON + 1000);
    await pass(0);
    expect(one.over).toBe(false);
    move(clock);
    await pass(0);
    expect(one.over).toBe(over);
  });

  it("an abort ends the wait that it belongs to, and no other", async () => {
    const clock = make();
    const gone = new AbortController();
    const [mine, other] = [wait(clock, NOON + 5, gone.signal), wait(clock, NOON + 5)];
    gone.abort();
    await pass(0);
    expect([mine.over, other.over]).toEqual([true, false]);
  });

  it("a client that has already gone is not waited for", async () => {
    const one = wait(make(), NOON + 5, AbortSignal.abort());
    await pass(0);
    expect(one.over).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("a wait that has ended leaves nothing behind", async () => {
    const clock = make();
    const gone = new AbortController();
    const removed = vi.spyOn(gone.signal, "removeEventListener");
    const one = wait(clock, NOON + 5, gone.signal);
    clock.advance(5);
    await pass(0);
    expect(one.over).toBe(true);
    expect(removed).toHaveBeenCalledWith("abort", expect.any(Function));
    expect(vi.getTimerCount()).toBe(0);
  });

  it("every wait ends at its own moment", async () => {
    const clock = make();
    const waits = [3, 1, 2].map((ms) => wait(clock, NOON + ms));
    clock.advance(2);
    await pass(0);
    expect(waits.map(({ over }) => over)).toEqual([false, true, true]);
    clock.advance(1);
    await pass(0);
    expect(waits.map(({ over }) => over)).toEqual([true, true, true]);
  });
});

describe("time by itself", () => {
  it("ends no wait on a frozen clock", async () => {
    const one = wait(createClock({ frozenAt: NOON }), NOON + 1);
    await pass(365 * DAY);
    expect(one.over).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("ends a wait on a running clock, at its time and not before", async () => {
    const one = wait(createClock(), NOON + 1000);
    await pass(999);
    expect(one.over).toBe(false);
    await pass(1);
    expect(one.over).toBe(true);
  });

  it("goes on from where a clock was advanced, stopped and resumed", async () => {
    const clock = createClock();
    const one = wait(clock, NOON + 1000);
    clock.advance(400);
    await pass(100);
    clock.freeze();
    await pass(DAY);
    expect(one.over).toBe(false);
    clock.resume();
    await pass(499);
    expect(one.over).toBe(false);
    await pass(1);
    expect(one.over).toBe(true);
  });

  it("ends a wait that is longer than any timer", async () => {
    const one = wait(createClock(), NOON + 60 * DAY);
    await pass(60 * DAY - 1);
    expect(one.over).toBe(false);
    await pass(1);
    expect(one.over).toBe(true);
  });

  it("is the clock's: a timer that comes late makes no other wait longer", async () => {
    const clock = createClock();
    const [first, second] = [wait(clock, NOON + 10), wait(clock, NOON + 1000)];
    // A machine that was busy: the clock went on, and no timer came.
    vi.setSystemTime(NOON + 900);
    await pass(10);
    expect([first.over, second.over]).toEqual([true, false]);
    await pass(90);
    expect(second.over).toBe(true);
  });
});
