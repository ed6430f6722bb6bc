import { fc, it as property } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import {
  isLegal,
  isTerminal,
  type Lifecycle,
  last,
  lifecycles,
  nextOf,
  type Pace,
  type ProgressMode,
  type State,
  stateAt,
} from "../../../src/core/actions/progress.ts";

const MODES: readonly ProgressMode[] = ["time", "polls", "manual"];
const pace = (mode: ProgressMode): Pace => ({ mode, step: 2, timeout: 5, expiry: 9 });

/** Each state of a lifecycle, with the first moment of it, by a pace of 2, 5 and 9 units. */
const WAYS: Readonly<Record<Lifecycle, readonly (readonly [from: number, state: State])[]>> = {
  completes: [
    [0, "pending"],
    [2, "running"],
    [4, "succeeded"],
  ],
  fails: [
    [0, "pending"],
    [2, "running"],
    [4, "failed"],
  ],
  "file-absent": [
    [0, "pending"],
    [2, "running"],
    [4, "failed"],
  ],
  partial: [
    [0, "pending"],
    [2, "running"],
    [4, "partial"],
  ],
  "times-out": [
    [0, "pending"],
    [2, "running"],
    [7, "timed-out"],
  ],
  expires: [
    [0, "pending"],
    [9, "expired"],
  ],
  "stays-pending": [[0, "pending"]],
  stuck: [
    [0, "pending"],
    [2, "running"],
  ],
  "is-cancelled": [
    [0, "pending"],
    [2, "cancelled"],
  ],
  "is-aborted": [
    [0, "pending"],
    [2, "aborting"],
    [4, "aborted"],
  ],
  aborts: [
    [0, "aborting"],
    [2, "aborted"],
  ],
};

it("every lifecycle is tested here", () => {
  expect([...lifecycles].sort()).toEqual(Object.keys(WAYS).sort());
});

describe.each(lifecycles)("the lifecycle %s", (lifecycle) => {
  const way = WAYS[lifecycle];

  it.each(["time", "polls"] as const)("changes at its moments, and only then (%s)", (mode) => {
    for (let elapsed = 0; elapsed < 30; elapsed++) {
      const expected = way.findLast(([from]) => from <= elapsed)?.[1];
      expect(stateAt(lifecycle, elapsed, pace(mode)), `${elapsed}`).toBe(expected);
    }
  });

  it("names the state that follows each of its states, and none at its end", () => {
    const states = way.map(([, state]) => state);
    expect(states.map((state) => nextOf(lifecycle, state))).toEqual([
      ...states.slice(1),
      undefined,
    ]);
  });

  it("ends in the state that it is said to end in", () => {
    expect(last(lifecycle)).toBe(way.at(-1)?.[1]);
  });
});

it("the states that are no end are pending, running and aborting", () => {
  const states = new Set(Object.values(WAYS).flatMap((way) => way.map(([, state]) => state)));
  expect([...states].filter((state) => !isTerminal(state)).sort()).toEqual([
    "aborting",
    "pending",
    "running",
  ]);
});

it("every state is reached by a lifecycle", () => {
  const states: Readonly<Record<State, true>> = {
    pending: true,
    running: true,
    aborting: true,
    succeeded: true,
    partial: true,
    failed: true,
    "timed-out": true,
    expired: true,
    cancelled: true,
    aborted: true,
  };
  const reached = new Set<State>();
  for (const lifecycle of lifecycles) {
    for (let reads = 0; reads < 30; reads++) reached.add(stateAt(lifecycle, reads, pace("polls")));
  }
  expect([...reached].sort()).toEqual(Object.keys(states).sort());
});

describe("legal ways", () => {
  const MOVING: readonly State[] = ["pending", "running", "aborting"];
  const ENDS: readonly State[] = [
    "succeeded",
    "partial",
    "failed",
    "timed-out",
    "expired",
    "cancelled",
    "aborted",
  ];

  it.each(ENDS)("nothing follows %s", (end) => {
    for (const state of [...MOVING, ...ENDS]) expect(isLegal(end, state), state).toBe(false);
  });

  it.each<[State, readonly State[]]>([
    ["pending", ["running", "aborting", "expired", "cancelled", "failed"]],
    ["running", ["aborting", "succeeded", "partial", "failed", "timed-out"]],
    ["aborting", ["aborted"]],
  ])("%s becomes any of %j", (from, next) => {
    expect([...MOVING, ...ENDS].filter((to) => isLegal(from, to))).toEqual(
      expect.arrayContaining([...next]),
    );
  });

  it.each<[State, State]>([
    ["pending", "succeeded"],
    ["pending", "partial"],
    ["pending", "timed-out"],
    ["pending", "aborted"],
    ["pending", "pending"],
    ["running", "pending"],
    ["running", "expired"],
    ["running", "cancelled"],
    ["running", "aborted"],
    ["aborting", "pending"],
    ["aborting", "running"],
    ["aborting", "succeeded"],
    ["aborting", "cancelled"],
  ])("%s does not become %s", (from, to) => {
    expect(isLegal(from, to)).toBe(false);
  });
});

describe("at any pace", () => {
  const anyPace = fc.record({
    mode: fc.constantFrom(...MODES),
    step: fc.nat(20),
    timeout: fc.integer({ min: 1, max: 40 }),
    expiry: fc.integer({ min: 1, max: 40 }),
  });
  const anyCourse = fc.constantFrom(...lifecycles);

  property.prop([anyCourse, fc.nat(100), anyPace])(
    "a state stays, or becomes one that may follow it",
    (lifecycle, elapsed, given) => {
      const [now, then] = [
        stateAt(lifecycle, elapsed, given),
        stateAt(lifecycle, elapsed + 1, given),
      ];
      expect(now === then || isLegal(now, then), `${now} to ${then}`).toBe(true);
    },
  );

  property.prop([anyCourse, fc.nat(100), fc.nat(1_000_000), anyPace])(
    "an end stays the end",
    (lifecycle, elapsed, more, given) => {
      const state = stateAt(lifecycle, elapsed, given);
      if (isTerminal(state)) expect(stateAt(lifecycle, elapsed + more, given)).toBe(state);
    },
  );

  property.prop([anyCourse, anyPace])("the last state is reached and kept", (lifecycle, given) => {
    expect(stateAt(lifecycle, 1_000_000, given)).toBe(last(lifecycle));
  });

  property.prop([anyCourse, anyPace])(
    "the state before the beginning is the first",
    (lifecycle, given) => {
      expect(stateAt(lifecycle, -1, given)).toBe(WAYS[lifecycle][0]?.[1]);
    },
  );
});
