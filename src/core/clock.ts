import { timers } from "./timers.ts";

/** A source of time. `now` answers milliseconds since 1970-01-01T00:00:00Z. */
export interface Clock {
  now(): number;
}

/** A clock that can be stopped, set and moved; everything a tenant does with time reads its own one. */
export interface TenantClock extends Clock {
  /** Stops at `at` (milliseconds), or at the present moment. Like `set`, never at an earlier one. */
  freeze(at?: number): void;
  /**
   * Jumps to `at` (milliseconds); a frozen clock stays frozen, a running one runs on from there. Throws a RangeError
   * for a moment that has passed: an action that has ended would begin again.
   */
  set(at: number): void;
  /**
   * Moves forward by `ms`, a whole number; throws a RangeError for any other one, and for one that leads beyond LATEST.
   */
  advance(ms: number): void;
  /** Runs on from where it stands. */
  resume(): void;
  /** As it was made. */
  reset(): void;
  /**
   * Waits until this clock shows `at` (milliseconds); not longer than until it is reset or restored, or `gone` aborts.
   * Where the clock stands still, nothing but a move of it ends the wait.
   */
  until(at: number, gone?: AbortSignal): Promise<void>;
  state(): ClockState;
  restore(state: ClockState): void;
  /** Takes over where another server has moved it; ends a wait as that move would have done here. */
  adopt(state: ClockState): void;
}

/** What a clock is made of, as JSON: frozen at a moment, or running with an offset (both in milliseconds). */
export type ClockState = { readonly frozenAt: number } | { readonly offset: number };

/** The last moment that a clock shows: what follows from it within centuries still has a year of four digits. */
export const LATEST: number = Date.parse("9000-01-01T00:00:00Z");

/** Whether a number is a moment that a clock can show: whole milliseconds, from 1970 to LATEST. */
export const isMoment = (at: unknown): at is number =>
  Number.isSafeInteger(at) && (at as number) >= 0 && (at as number) <= LATEST;

/** Whether a value is the state of a clock, that can show what it says. */
export function isClockState(value: unknown): value is ClockState {
  if (typeof value !== "object" || value === null || Object.keys(value).length !== 1) return false;
  const { frozenAt, offset } = value as { readonly frozenAt?: unknown; readonly offset?: unknown };
  return offset === undefined
    ? isMoment(frozenAt)
    : Number.isSafeInteger(offset) && isMoment(Date.now() + (offset as number));
}

export function createClock(initial: ClockState = { offset: 0 }): TenantClock {
  let state = initial;
  const alarms = createAlarms();
  const now = (): number => ("frozenAt" in state ? state.frozenAt : Date.now() + state.offset);
  const onlyForward = (at: number): number => {
    if (!(at >= now())) throw new RangeError("a clock does not run backwards");
    if (!isMoment(at))
      throw new RangeError(`a clock shows whole milliseconds up to ${isoTime(LATEST)}`);
    return at;
  };
  const become = (next: ClockState): void => {
    state = next;
    alarms.arm(now, "frozenAt" in next);
  };
  return {
    now,
    set: (at) =>
      become(
        "frozenAt" in state
          ? { frozenAt: onlyForward(at) }
          : { offset: onlyForward(at) - Date.now() },
      ),
    advance: (ms) => {
      if (!(ms >= 0)) throw new RangeError("a clock advances by zero or more milliseconds");
      if (ms % 1 !== 0) throw new RangeError("a clock advances by whole milliseconds");
      if (!isMoment(now() + ms))
        throw new RangeError(`a clock does not run beyond ${isoTime(LATEST)}`);
      become(
        "frozenAt" in state ? { frozenAt: state.frozenAt + ms } : { offset: state.offset + ms },
      );
    },
    freeze: (at) => become({ frozenAt: at === undefined ? now() : onlyForward(at) }),
    resume: () => become({ offset: now() - Date.now() }),
    reset: () => {
      state = initial;
      alarms.ring();
    },
    until: (at, gone) => {
      const rung = alarms.set(at, gone);
      alarms.arm(now, "frozenAt" in state);
      return rung;
    },
    state: () => state,
    restore: (saved) => {
      state = saved;
      alarms.ring();
    },
    adopt: (moved) => {
      const before = now();
      become(moved);
      // Only a reset or a snapshot takes a clock back.
      if (now() < before) alarms.ring();
    },
  };
}

interface Alarm {
  readonly at: number;
  readonly ring: () => void;
}

/** The longest that a timer of Node's takes, in milliseconds. */
const LONGEST = 2 ** 31 - 1;

/**
 * How long to sleep before a look at the clock, when it has `ms` to go. A timer may be late, the machine's time may be
 * set, and a test may move a faked `Date`: so a long wait looks at it several times.
 */
const untilNextLook = (ms: number): number => Math.min(ms, Math.max(100, ms / 64), LONGEST);

/** Those who wait for a moment of a clock that may stand still or jump. */
function createAlarms(): {
  set(at: number, gone?: AbortSignal): Promise<void>;
  arm(now: () => number, still: boolean): void;
  ring(): void;
} {
  const waiting = new Set<Alarm>();
  let timer: NodeJS.Timeout | undefined;
  const arm = (now: () => number, still: boolean): void => {
    timers.clearTimeout(timer);
    let nearest = Number.POSITIVE_INFINITY;
    for (const alarm of waiting) {
      const ms = Math.ceil(alarm.at - now());
      if (ms <= 0) alarm.ring();
      else nearest = Math.min(nearest, ms);
    }
    if (still || waiting.size === 0) return;
    timer = timers.setTimeout(() => arm(now, false), untilNextLook(nearest)).unref();
  };
  return {
    arm,
    set: (at, gone) =>
      new Promise((resolve) => {
        const alarm: Alarm = {
          at,
          ring: () => {
            waiting.delete(alarm);
            if (waiting.size === 0) timers.clearTimeout(timer);
            gone?.removeEventListener("abort", alarm.ring);
            resolve();
          },
        };
        waiting.add(alarm);
        gone?.addEventListener("abort", alarm.ring);
        if (gone?.aborted) alarm.ring();
      }),
    ring: () => {
      for (const alarm of waiting) alarm.ring();
    },
  };
}

/** Milliseconds of a clock that only ever runs forward; for durations, never for replies. Test runners fake the global. */
export const monotonic: () => number = performance.now.bind(performance);

/** Does something again and again, by the machine's time; keeps no process alive. Answers how to end it. */
export function every(ms: number, what: () => void): () => void {
  const timer = timers.setInterval(what, ms).unref();
  return () => timers.clearInterval(timer);
}

/** `2024-12-12T04:52:39.711Z` */
export const isoTime: (ms: number) => string = lastOf((ms) => new Date(ms).toISOString());

/** `Thu, 12 Dec 2024 04:52:39 GMT`, as the HTTP `Date` header has it. */
export const httpDate = (ms: number): string => httpSecond(Math.floor(ms / 1000));

const httpSecond = lastOf((second) => new Date(1000 * second).toUTCString());

/** Every exchange writes moments, and most are those of the exchange before. */
function lastOf(write: (moment: number) => string): (moment: number) => string {
  let last = Number.NaN;
  let text = "";
  return (moment) => {
    if (moment !== last) {
      text = write(moment);
      last = moment;
    }
    return text;
  };
}

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$/i;

/** The moment an ISO 8601 date-time with a zone names, or undefined where it names none (30 February among them). */
export function parseTime(text: string): number | undefined {
  if (!ISO.test(text)) return undefined;
  const day = text.slice(0, 10);
  const midnight = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(midnight.getTime()) || midnight.toISOString().slice(0, 10) !== day) {
    return undefined;
  }
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : at;
}

/** The moment that an HTTP date names, in milliseconds; nothing where it names none. */
export function parseHttpDate(text: string): number | undefined {
  const at = Date.parse(text);
  return Number.isNaN(at) || !text.endsWith("GMT") ? undefined : at;
}

/** Day, month (from 1) and year of a moment, UTC. */
export function dateParts(ms: number): { day: number; month: number; year: number } {
  const date = new Date(ms);
  return { day: date.getUTCDate(), month: date.getUTCMonth() + 1, year: date.getUTCFullYear() };
}

/** The same day and time, so many months later. A day that the month does not have runs over into the next. */
export function addMonths(ms: number, months: number): number {
  const date = new Date(ms);
  return date.setUTCMonth(date.getUTCMonth() + months);
}

/** The machine's time, moved by so many days: what the makers and the checkers of certificates go by, whatever a tenant's clock says. */
export const machineDate = (days: number): Date => new Date(Date.now() + days * 86_400_000);
