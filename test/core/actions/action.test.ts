import { describe, expect, it } from "vitest";
import {
  type Action,
  type ActionTarget,
  divert,
  move,
  paceOf,
  stateOf,
  stepsOf,
} from "../../../src/core/actions/action.ts";
import { last, lifecycles, type ProgressMode } from "../../../src/core/actions/progress.ts";
import { createClock } from "../../../src/core/clock.ts";
import type { TenantSettings } from "../../../src/core/tenant.ts";
import { readSettings } from "../../../src/settings/read.ts";

const NOON = Date.parse("2026-01-31T12:00:00Z");
const SECOND = 1000;

const settings = (progress: ProgressMode): TenantSettings =>
  readSettings([
    {
      values: { progress, stepSeconds: 10, timeoutSeconds: 60, expirySeconds: 300, stepPolls: 2 },
      call: String,
    },
  ]);

const action = (mode: ProgressMode, target: Partial<ActionTarget>, polls = 0): Action => ({
  id: "1",
  kind: "quarantine",
  at: NOON,
  polls,
  pace: paceOf(settings(mode)),
  targets: [{ id: "t", lifecycle: "completes", ...target }],
});

const state = (of: Action, now = NOON): string | undefined => {
  const [target] = of.targets;
  return target && stateOf(of, target, { clock: createClock({ frozenAt: now }) });
};

describe("the steps of a target", () => {
  const steps = (of: Action) => stepsOf(of, of.targets[0] as ActionTarget);

  it("have their moments where the clock moves it, from where its lifecycle began", () => {
    expect(steps(action("time", { lifecycle: "times-out" }))).toEqual([
      { state: "pending", at: "2026-01-31T12:00:00.000Z" },
      { state: "running", at: "2026-01-31T12:00:10.000Z" },
      { state: "timed-out", at: "2026-01-31T12:01:10.000Z" },
    ]);
    expect(steps(action("time", { lifecycle: "aborts", since: 5000 }))[0]).toEqual({
      state: "aborting",
      at: "2026-01-31T12:00:05.000Z",
    });
  });

  it.each(["polls", "manual"] as const)("have none where %s move it", (mode) => {
    expect(steps(action(mode, {}))).toEqual([
      { state: "pending" },
      { state: "running" },
      { state: "succeeded" },
    ]);
  });

  it("have the state that it was put into in place of the end, and no moments then", () => {
    expect(steps(action("time", { put: "failed" }))).toEqual([
      { state: "pending" },
      { state: "running" },
      { state: "failed" },
    ]);
    expect(steps(action("time", { put: "running" })).at(-1)).toEqual({ state: "succeeded" });
  });

  it.each(lifecycles)("of the lifecycle %s begin when the state does", (lifecycle) => {
    const one = action("time", { lifecycle });
    for (const { state: begun, at = "" } of steps(one)) {
      expect(state(one, Date.parse(at))).toBe(begun);
    }
  });
});

describe("the pace of a tenant's actions", () => {
  it("counts milliseconds when the clock moves them", () => {
    expect(paceOf(settings("time"))).toEqual({
      mode: "time",
      step: 10_000,
      timeout: 60_000,
      expiry: 300_000,
    });
  });

  it("counts status calls when these move them: five steps to a time-out, ten to an expiry", () => {
    expect(paceOf(settings("polls"))).toEqual({ mode: "polls", step: 2, timeout: 10, expiry: 20 });
  });

  it("is one object for all actions with the same settings", () => {
    const same = settings("time");
    expect(paceOf(same)).toBe(paceOf(same));
    expect(paceOf(settings("manual"))).not.toBe(paceOf(same));
  });
});

describe("moved by time", () => {
  it("a target changes on the very millisecond", () => {
    const running = action("time", {});
    expect(state(running, NOON + 10 * SECOND - 1)).toBe("pending");
    expect(state(running, NOON + 10 * SECOND)).toBe("running");
    expect(state(running, NOON + 20 * SECOND - 1)).toBe("running");
    expect(state(running, NOON + 20 * SECOND)).toBe("succeeded");
  });

  it("status calls change nothing", () => {
    expect(state(action("time", {}, 9))).toBe("pending");
  });

  it("a lifecycle that began later is counted from there", () => {
    const later = action("time", { lifecycle: "aborts", since: 15 * SECOND });
    expect(state(later, NOON + 25 * SECOND - 1)).toBe("aborting");
    expect(state(later, NOON + 25 * SECOND)).toBe("aborted");
  });
});

describe("moved by polls", () => {
  it.each([
    [0, "pending"],
    [1, "pending"],
    [2, "pending"],
    [3, "running"],
    [4, "running"],
    [5, "succeeded"],
  ])("after %i status calls a target is %s, at any time of the clock", (polls, expected) => {
    expect(state(action("polls", {}, polls), NOON + 86_400 * SECOND)).toBe(expected);
  });

  it("a lifecycle that began later is counted from there", () => {
    expect(state(action("polls", { lifecycle: "aborts", since: 3 }, 5))).toBe("aborting");
    expect(state(action("polls", { lifecycle: "aborts", since: 3 }, 6))).toBe("aborted");
  });
});

describe("moved by hand", () => {
  const at = { clock: createClock({ frozenAt: NOON + 86_400 * SECOND }) };

  it("a target stays in its first state, at any time and after any number of polls", () => {
    expect(state(action("manual", {}, 99), NOON + 86_400 * SECOND)).toBe("pending");
  });

  it("a target goes one step of its lifecycle at a move", () => {
    const running = move(action("manual", {}), at);
    expect(state(running)).toBe("running");
    expect(state(move(running, at))).toBe("succeeded");
  });

  it.each(["time", "polls"] as const)(
    "a target that %s moved goes no further by itself",
    (mode) => {
      const put = move(action(mode, {}), { clock: createClock({ frozenAt: NOON }) }, "running");
      expect(state({ ...put, polls: 99 }, NOON + 86_400 * SECOND)).toBe("running");
    },
  );

  it("goes where it is told, if that is legal, and nowhere else", () => {
    const running = move(action("manual", {}), at);
    expect(state(move(running, at, "partial"))).toBe("partial");
    for (const to of ["pending", "expired", "aborted", "running"] as const) {
      expect(() => move(running, at, to)).toThrow(
        `No target of action 1 can become ${to}: t is running.`,
      );
    }
  });

  it("has nowhere to go from its end", () => {
    const ended = move(action("manual", { lifecycle: "aborts" }), at);
    expect(() => move(ended, at)).toThrow("No target of action 1 can advance: t is aborted.");
  });

  it("moves one target, or all that can make the step", () => {
    const two = {
      ...action("manual", {}),
      targets: [
        { id: "a", lifecycle: "completes" },
        { id: "b", lifecycle: "stays-pending" },
      ] as const,
    };
    const states = (of: Action): string[] => of.targets.map((target) => stateOf(of, target, at));
    expect(states(move(two, at))).toEqual(["running", "pending"]);
    expect(states(move(two, at, "running", "b"))).toEqual(["pending", "running"]);
    expect(() => move(two, at, undefined, "b")).toThrow(/can advance: b is pending/);
    expect(() => move(two, at, "running", "c")).toThrow("Action 1 has no target c.");
  });

  it("a diverted target begins its new lifecycle at the current time of the action", () => {
    const clock = createClock({ frozenAt: NOON + 15 * SECOND });
    const old = action("time", {});
    const aborting = {
      ...old,
      targets: old.targets.map((one) => divert(old, one, "aborts", { clock })),
    };
    expect(state(aborting, NOON + 15 * SECOND)).toBe("aborting");
    expect(state(aborting, NOON + 25 * SECOND)).toBe("aborted");
  });

  it("a diverted target shows the beginning of its new lifecycle to the next status call", () => {
    const clock = createClock({ frozenAt: NOON });
    const old = action("polls", {}, 3);
    const targets = old.targets.map((one) => divert(old, one, "aborts", { clock }));
    const seen = [4, 5, 6].map((polls) => state({ ...old, polls, targets }));
    expect(seen).toEqual(["aborting", "aborting", "aborted"]);
  });

  it("names five of the targets that cannot move, and no more", () => {
    const targets = [1, 2, 3, 4, 5, 6].map((n) => ({ id: `${n}`, lifecycle: "stuck" }) as const);
    const sentence = [1, 2, 3, 4, 5].map((n) => `${n} is pending`).join(", ");
    expect(() => move({ ...action("manual", {}), targets }, at, "aborted")).toThrow(
      `No target of action 1 can become aborted: ${sentence}.`,
    );
  });
});

describe.each(["time", "polls"] as const)("in the mode %s", (mode) => {
  it.each(lifecycles)("the lifecycle %s comes to its end and stays there", (lifecycle) => {
    for (const far of [1000, 1_000_000]) {
      const old = action(mode, { lifecycle }, far);
      expect(state(old, NOON + far * SECOND)).toBe(last(lifecycle));
    }
  });
});
