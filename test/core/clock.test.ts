import { describe, expect, it } from "vitest";
import {
  createClock,
  dateParts,
  httpDate,
  isClockState,
  isoTime,
  LATEST,
  machineDate,
  monotonic,
  parseHttpDate,
  parseTime,
  type TenantClock,
} from "../../src/core/clock.ts";

const NOON = Date.parse("2026-01-31T12:00:00Z");
const SECOND = 1000;

describe("a frozen clock", () => {
  it("is frozen at the time that it was created with", () => {
    expect(createClock({ frozenAt: NOON }).now()).toBe(NOON);
  });

  it("jumps when set, and stays frozen", () => {
    const clock = createClock({ frozenAt: NOON });
    clock.set(NOON + 5 * SECOND);
    expect(clock.state()).toEqual({ frozenAt: NOON + 5 * SECOND });
  });

  it("may be set to the moment where it stands", () => {
    const clock = createClock({ frozenAt: NOON });
    clock.set(NOON);
    clock.freeze(NOON);
    expect(clock.state()).toEqual({ frozenAt: NOON });
  });

  it("moves forward by exactly what it is advanced", () => {
    const clock = createClock({ frozenAt: NOON });
    clock.advance(0);
    clock.advance(1);
    clock.advance(2 * SECOND);
    expect(clock.now()).toBe(NOON + 2 * SECOND + 1);
  });

  it("freezes again at another moment", () => {
    const clock = createClock({ frozenAt: NOON });
    clock.freeze(NOON + SECOND);
    expect(clock.now()).toBe(NOON + SECOND);
  });

  it("goes on from where it stood when resumed", () => {
    const future = NOON + 10 * 365 * 86_400 * SECOND;
    const clock = createClock({ frozenAt: future });
    clock.resume();
    expect(clock.state()).not.toHaveProperty("frozenAt");
    expect(clock.now()).toBeGreaterThanOrEqual(future);
    expect(clock.now()).toBeLessThan(future + 3600 * SECOND);
  });
});

describe("a running clock", () => {
  it("returns the machine's time", () => {
    const before = Date.now();
    const now = createClock().now();
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now());
  });

  it("freezes at the present moment when no other is named", () => {
    const clock = createClock();
    const before = clock.now();
    clock.freeze();
    const frozen = clock.now();
    expect(frozen).toBeGreaterThanOrEqual(before);
    expect(clock.state()).toEqual({ frozenAt: frozen });
  });

  it("runs on from the moment it is set to", () => {
    const clock = createClock();
    const later = Date.parse("2040-01-31T12:00:00Z");
    clock.set(later);
    expect(clock.state()).toHaveProperty("offset");
    expect(clock.now()).toBeGreaterThanOrEqual(later);
    expect(clock.now()).toBeLessThan(later + 3600 * SECOND);
  });

  it("keeps running after it is advanced", () => {
    const clock = createClock({ offset: 0 });
    clock.advance(86_400 * SECOND);
    expect(clock.state()).toEqual({ offset: 86_400 * SECOND });
  });
});

it.each([-1, -0.001, Number.NaN, Number.NEGATIVE_INFINITY])("does not advance by %s", (ms) => {
  const clock = createClock({ frozenAt: NOON });
  expect(() => clock.advance(ms)).toThrow(
    new RangeError("the clock advances by zero or more milliseconds"),
  );
  expect(clock.now()).toBe(NOON);
});

it.each([[{ frozenAt: NOON }], [{ offset: -7 * SECOND }]])("resets to %j", (initial) => {
  const clock = createClock(initial);
  clock.advance(1);
  clock.freeze();
  clock.advance(1);
  clock.resume();
  clock.reset();
  expect(clock.state()).toEqual(initial);
});

it("goes back to a saved state, and the saved state is JSON", () => {
  const clock = createClock({ frozenAt: NOON });
  const saved = JSON.stringify(clock.state());
  clock.advance(SECOND);
  clock.restore(JSON.parse(saved));
  expect(clock.now()).toBe(NOON);
});

it("two clocks do not move each other", () => {
  const [one, other] = [createClock({ frozenAt: NOON }), createClock({ frozenAt: NOON })];
  one.advance(SECOND);
  expect(other.now()).toBe(NOON);
});

it("writes a moment in the two forms that replies need", () => {
  expect(isoTime(NOON + 711)).toBe("2026-01-31T12:00:00.711Z");
  expect(httpDate(NOON + 711)).toBe("Sat, 31 Jan 2026 12:00:00 GMT");
});

describe("parseHttpDate", () => {
  it("reads what is written as an HTTP date", () => {
    expect(parseHttpDate("Sat, 31 Jan 2026 12:00:00 GMT")).toBe(NOON);
  });

  it.each(["2026-01-31T12:00:00Z", "Sat, 31 Jan 2026 12:00:00", "GMT", "120", ""])(
    "refuses %j",
    (text) => {
      expect(parseHttpDate(text)).toBeUndefined();
    },
  );
});

it("returns day, month and year in UTC", () => {
  const parts = { day: 31, month: 12, year: 2025 };
  expect(dateParts(Date.parse("2026-01-01T00:00:00+02:00"))).toEqual(parts);
});

it("returns the machine's time some days off", () => {
  const now = Date.now();
  const [before, after] = [machineDate(-1), machineDate(1)].map((date) => date.getTime() - now);
  expect(before).toBeGreaterThanOrEqual(-86_400_000);
  expect(before).toBeLessThan(-86_400_000 + 10_000);
  expect(after).toBeGreaterThanOrEqual(86_400_000);
  expect(after).toBeLessThan(86_400_000 + 10_000);
});

it("measures durations by a clock that runs forward", () => {
  const before = monotonic();
  expect(monotonic()).toBeGreaterThanOrEqual(before);
});

describe("parseTime", () => {
  it.each([
    ["2026-01-31T12:00:00Z", "2026-01-31T12:00:00.000Z"],
    ["2026-01-31t12:00:00z", "2026-01-31T12:00:00.000Z"],
    ["2026-01-31T12:00:00.5Z", "2026-01-31T12:00:00.500Z"],
    ["2026-01-31T12:00:00.123456789Z", "2026-01-31T12:00:00.123Z"],
    ["2026-01-31T12:00:00+05:30", "2026-01-31T06:30:00.000Z"],
    ["2026-01-31T12:00:00-0800", "2026-01-31T20:00:00.000Z"],
    ["2024-02-29T23:59:59Z", "2024-02-29T23:59:59.000Z"],
  ])("reads %s", (text, moment) => {
    const at = parseTime(text);
    expect(at === undefined ? at : isoTime(at)).toBe(moment);
  });

  it.each([
    ["30 February", "2026-02-30T00:00:00Z"],
    ["29 February outside a leap year", "2026-02-29T00:00:00Z"],
    ["31 April", "2026-04-31T00:00:00Z"],
    ["30 February with a zone that shifts the day", "2026-02-30T00:00:00+14:00"],
    ["a month 0", "2026-00-01T00:00:00Z"],
    ["a month 13", "2026-13-01T00:00:00Z"],
    ["a day 0", "2026-01-00T00:00:00Z"],
    ["an hour 25", "2026-01-31T25:00:00Z"],
    ["a minute 60", "2026-01-31T12:60:00Z"],
    ["a second 60", "2026-01-31T12:00:60Z"],
    ["no zone", "2026-01-31T12:00:00"],
    ["an impossible zone", "2026-01-31T12:00:00+99:00"],
    ["a zone by name", "2026-01-31T12:00:00 UTC"],
    ["a zone without minutes", "2026-01-31T12:00:00+01"],
    ["no seconds", "2026-01-31T12:00Z"],
    ["a day only", "2026-01-31"],
    ["a space for the T", "2026-01-31 12:00:00Z"],
    ["a decimal comma", "2026-01-31T12:00:00,5Z"],
    ["a decimal point without digits", "2026-01-31T12:00:00.Z"],
    ["a year of two digits", "26-01-31T12:00:00Z"],
    ["a year of five digits", "02026-01-31T12:00:00Z"],
    ["milliseconds since 1970", "1769860800000"],
    ["a space before", " 2026-01-31T12:00:00Z"],
    ["a line break after", "2026-01-31T12:00:00Z\n"],
    ["a date as HTTP writes it", "Sat, 31 Jan 2026 12:00:00 GMT"],
    ["a word", "now"],
    ["nothing", ""],
  ])("refuses %s", (_, text) => {
    expect(parseTime(text)).toBeUndefined();
  });
});

it.each([
  ["set", (clock: TenantClock) => clock.set(NOON - 1)],
  ["frozen", (clock: TenantClock) => clock.freeze(NOON - 1)],
  ["set to no moment", (clock: TenantClock) => clock.set(Number.NaN)],
])("cannot be %s before the present moment, and stays where it is", (_how, move) => {
  const clock = createClock({ frozenAt: NOON });
  expect(() => move(clock)).toThrow(
    new RangeError("the clock cannot go back: this time has passed"),
  );
  expect(clock.now()).toBe(NOON);
});

describe("a move that a clock cannot make", () => {
  const MOVES: readonly [string, (clock: TenantClock) => void][] = [
    ["an advance by half a millisecond", (clock) => clock.advance(0.5)],
    ["an advance by 1e18 ms", (clock) => clock.advance(1e18)],
    ["an advance by 8e15 ms", (clock) => clock.advance(8e15)],
    ["an advance beyond the latest moment", (clock) => clock.advance(LATEST)],
    ["an advance by no number", (clock) => clock.advance(Number.NaN)],
    ["an advance without an end", (clock) => clock.advance(Number.POSITIVE_INFINITY)],
    ["a set to part of a millisecond", (clock) => clock.set(clock.now() + 60_000.5)],
    ["a set beyond the latest moment", (clock) => clock.set(LATEST + 1)],
    ["a freeze beyond the latest moment", (clock) => clock.freeze(LATEST + 1)],
    ["a freeze at part of a millisecond", (clock) => clock.freeze(clock.now() + 60_000.5)],
  ];

  it.each(MOVES)("%s throws a RangeError and leaves the clock as it was", (_what, move) => {
    for (const state of [{ frozenAt: NOON }, { offset: 1000 }]) {
      const clock = createClock(state);
      expect(() => move(clock)).toThrow(RangeError);
      expect(clock.state()).toEqual(state);
    }
  });

  it("the latest moment itself is shown", () => {
    const clock = createClock({ frozenAt: NOON });
    clock.set(LATEST);
    expect(isoTime(clock.now())).toBe("9000-01-01T00:00:00.000Z");
  });
});

describe("the state of a clock", () => {
  it.each([{ frozenAt: NOON }, { frozenAt: 0 }, { offset: 0 }, { offset: -1000 }])(
    "is %j",
    (state) => {
      expect(isClockState(state)).toBe(true);
    },
  );

  it.each([
    { offset: 1e300 },
    { offset: 0.5 },
    { offset: -8e15 },
    { frozenAt: 0.5 },
    { frozenAt: -1 },
    { frozenAt: LATEST + 1 },
    { frozenAt: null },
    { frozenAt: "2026" },
    { frozenAt: NOON, offset: 0 },
    {},
    null,
    [],
    "now",
  ])("is not %j", (state) => {
    expect(isClockState(state)).toBe(false);
  });
});
