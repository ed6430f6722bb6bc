import { timers } from "./timers.ts";

/** A source of time. `now` returns milliseconds since 1970-01-01T00:00:00Z. */
export interface Clock {
  now(): number;
}

/** A clock that can be frozen, set and advanced. Each tenant has its own, and uses no other. */
export interface TenantClock extends Clock {
  /** Freezes at `at` (milliseconds), or now. Like `set`, never at an earlier time. */
  freeze(at?: number): void;
  /**
   * Jumps to `at` (milliseconds). A frozen clock stays frozen, a running one continues from there. Throws a RangeError
   * for a time that has passed, because a finished action would start again.
   */
  set(at: number): void;
  /**
   * Moves forward by `ms`. Throws a RangeError for a negative or fractional number, and for a time beyond LATEST.
   */
  advance(ms: number): void;
  /** Continues from its current time. */
  resume(): void;
  /** Back to its first state. */
  reset(): void;
  /**
   * Resolves when this clock reaches `at` (milliseconds), is reset or restored, or `gone` aborts. A frozen clock must be
   * moved to reach it.
   */
  until(at: number, gone?: AbortSignal): Promise<void>;
  state(): ClockState;
  restore(state: ClockState): void;
  /** Applies a move that another server made. Waits end as if the clock was moved here. */
  adopt(state: ClockState): void;
}

/** The state of a clock, as JSON: frozen at a time, or running with an offset (both in milliseconds). */
export type ClockState = { readonly frozenAt: number } | { readonly offset: number };

/** The latest time of a clock. Times derived from it, even centuries later, still have a year of four digits. */
export const LATEST: number = Date.parse("9000-01-01T00:00:00Z");

/** Whether a number is a valid time of a clock: whole milliseconds from 1970 to LATEST. */
export const isMoment = (at: unknown): at is number =>
  Number.isSafeInteger(at) && (at as number) >= 0 && (at as number) <= LATEST;

/** Whether a value is a valid state of a clock. */
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
    if (!(at >= now())) throw new RangeError("the clock cannot go back: this time has passed");
    if (!isMoment(at))
      throw new RangeError(`the clock takes whole milliseconds up to ${isoTime(LATEST)}`);
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
      if (!(ms >= 0)) throw new RangeError("the clock advances by zero or more milliseconds");
      if (ms % 1 !== 0) throw new RangeError("the clock advances by whole milliseconds");
      if (!isMoment(now() + ms))
        throw new RangeError(`the clock cannot go beyond ${isoTime(LATEST)}`);
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
      // Only a reset or a snapshot moves a clock backwards.
      if (now() < before) alarms.ring();
    },
  };
}

interface Alarm {
  readonly at: number;
  readonly ring: () => void;
}

/** The longest delay of a Node timer, in milliseconds. */
const LONGEST = 2 ** 31 - 1;

/**
 * How long to sleep before checking the clock again, if `ms` are left. A timer may be late, the machine's time may be
 * set, and a test may move a faked `Date`. So a long wait checks the clock several times.
 */
const untilNextLook = (ms: number): number => Math.min(ms, Math.max(100, ms / 64), LONGEST);

/** Waits for times of a clock that may be frozen or jump. */
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

/** Milliseconds of a monotonic clock, for durations. Not the global one, because test runners fake it. */
export const monotonic: () => number = performance.now.bind(performance);

/** Repeats `what` by the machine's time, and does not keep the process alive. Returns a function that stops it. */
export function every(ms: number, what: () => void): () => void {
  const timer = timers.setInterval(what, ms).unref();
  return () => timers.clearInterval(timer);
}

/** `2024-12-12T04:52:39.711Z` */
export const isoTime: (ms: number) => string = lastOf((ms) => new Date(ms).toISOString());

/** `Thu, 12 Dec 2024 04:52:39 GMT`, for the HTTP `Date` header. */
export const httpDate = (ms: number): string => httpSecond(Math.floor(ms / 1000));

const httpSecond = lastOf((second) => new Date(1000 * second).toUTCString());

/** Remembers the last result: most exchanges write the same times as the exchange before. */
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

/** Parses an ISO 8601 date-time with a zone. Undefined if it is invalid, such as 30 February. */
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

/** Parses an HTTP date, to milliseconds. Undefined if it is invalid. */
export function parseHttpDate(text: string): number | undefined {
  const at = Date.parse(text);
  return Number.isNaN(at) || !text.endsWith("GMT") ? undefined : at;
}

/** Day, month (from 1) and year of a time, in UTC. */
export function dateParts(ms: number): { day: number; month: number; year: number } {
  const date = new Date(ms);
  return { day: date.getUTCDate(), month: date.getUTCMonth() + 1, year: date.getUTCFullYear() };
}

/** Adds months. A day that the resulting month does not have moves into the next month. */
export function addMonths(ms: number, months: number): number {
  const date = new Date(ms);
  return date.setUTCMonth(date.getUTCMonth() + months);
}

/** The machine's time, moved by `days`. For certificates, which do not use a tenant's clock. */
export const machineDate = (days: number): Date => new Date(Date.now() + days * 86_400_000);
