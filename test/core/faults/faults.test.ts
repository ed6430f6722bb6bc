import { describe, expect, it } from "vitest";
import type { Fault, FaultRule } from "../../../src/core/faults/fault.ts";
import { createFaults, type FaultableCall, type Faults } from "../../../src/core/faults/faults.ts";

const fault: Fault = { kind: "broken-json" };

const call = (change: Partial<FaultableCall> = {}, body: unknown = {}): FaultableCall => ({
  vendor: "acme",
  operation: "addDevice",
  subject: () => ({ url: "/", headers: {}, body: JSON.stringify(body) }),
  ...change,
});

const faults = (...rules: readonly Partial<FaultRule>[]): Faults => {
  const made = createFaults("seed");
  for (const rule of rules) made.add({ fault, ...rule });
  return made;
};

/** The rules that apply to this many calls in a row; a dash if none does. */
const appliedTo = (of: Faults, calls: number, one = call()): string =>
  Array.from({ length: calls }, () => of.apply(one)?.rule ?? "-").join(" ");

/** What each rule has counted: calls that that match it, and those it was applied to. */
const counts = (of: Faults): unknown =>
  of.list().map(({ id, matched, applied }) => [id, matched, applied]);

describe("a rule applies", () => {
  it.each<[string, Partial<FaultRule>, string]>([
    ["every call, unless it says otherwise", {}, "a a a a a a"],
    ["so many calls", { times: 2 }, "a a - - - -"],
    ["the nth call alone", { nth: 3 }, "- - a - - -"],
    ["from the nth call on, so many", { nth: 3, times: 2 }, "- - a a - -"],
    ["no call with no chance", { probability: 0 }, "- - - - - -"],
    ["every call with every chance", { probability: 1, times: 3 }, "a a a - - -"],
  ])("%s", (_what, rule, expected) => {
    expect(appliedTo(faults({ id: "a", ...rule }), 6)).toBe(expected);
  });

  it.each<[string, Partial<FaultRule>, Partial<FaultableCall>]>([
    ["another vendor's", { vendor: "acme" }, { vendor: "other" }],
    ["nobody's", { vendor: "acme" }, { vendor: undefined }],
    ["another operation's", { operation: "addDevice" }, { operation: "getDevice" }],
    ["those of no operation", { operation: "addDevice" }, { operation: undefined }],
    [
      "those of other content",
      { where: { "/id": "1" } },
      { subject: () => ({ url: "/", headers: {}, body: '{"id":"2"}' }) },
    ],
    ["those where only one of two things fits", { vendor: "acme", operation: "x" }, {}],
  ])("no calls that it is not about: %s, and does not count them", (_what, rule, other) => {
    const made = faults({ id: "a", nth: 1, ...rule });
    expect(appliedTo(made, 3, call(other))).toBe("- - -");
    expect(counts(made)).toEqual([["a", 0, 0]]);
  });

  it.each<[string, Partial<FaultRule>]>([
    ["vendor", { vendor: "acme" }],
    ["operation", { operation: "addDevice" }],
    ["vendor and operation", { vendor: "acme", operation: "addDevice" }],
  ])("the calls of its %s", (_what, rule) => {
    expect(appliedTo(faults({ id: "a", ...rule }), 2)).toBe("a a");
  });

  it("no path that is no operation with a refusal, and with anything else", () => {
    const nowhere = call({ operation: undefined });
    const refusal: Fault = { kind: "refusal", refusal: "conflict" };
    expect(appliedTo(faults({ id: "a", fault: refusal }), 1)).toBe("a");
    expect(appliedTo(faults({ id: "a", fault: refusal }), 1, nowhere)).toBe("-");
    expect(appliedTo(faults({ id: "a" }), 1, nowhere)).toBe("a");
  });

  it("calls whose content fits", () => {
    const made = faults({ id: "a", nth: 2, where: { "/ids": { contains: "x" } } });
    expect(made.apply(call({}, { ids: ["x"] }))).toBeUndefined();
    expect(made.apply(call({}, { ids: ["y"] }))).toBeUndefined();
    expect(made.apply(call({}, { ids: ["y", "x"] }))?.rule).toBe("a");
  });

  it("exactly as often as it says, when a hundred calls come at once", async () => {
    const made = faults({ times: 2 });
    const all = await Promise.all(Array.from({ length: 100 }, async () => made.apply(call())));
    expect(all.filter((strike) => strike !== undefined)).toHaveLength(2);
    expect(counts(made)).toEqual([["fault-1", 100, 2]]);
  });
});

describe("of several rules", () => {
  it("the first one with uses remaining applies", () => {
    const made = faults({ id: "a", nth: 2 }, { id: "b", times: 2 }, { id: "c" });
    expect(appliedTo(made, 5)).toBe("b a b c c");
  });

  it("all count their matching calls, whichever applies", () => {
    const made = faults({ id: "a" }, { id: "b", nth: 3 }, { id: "c", operation: "x" });
    appliedTo(made, 4);
    expect(counts(made)).toEqual([
      ["a", 4, 4],
      ["b", 4, 0],
      ["c", 0, 0],
    ]);
  });

  it("a rule whose call got another rule's fault applies to the next call", () => {
    const made = faults({ id: "a", times: 2 }, { id: "b", nth: 2 });
    expect(appliedTo(made, 4)).toBe("a a b -");
  });
});

it("no fault applies without a rule, and the call is not inspected", () => {
  const never = call({
    subject: () => {
      throw new Error("the body was read");
    },
  });
  expect(faults().apply(never)).toBeUndefined();
  expect(faults({ vendor: "other" }).apply(never)).toBeUndefined();
});

describe("chance", () => {
  it("is the seed's: it applies to the same calls again, and to others with another seed", () => {
    const run = (seed: string): string => {
      const made = createFaults(seed);
      made.add({ id: "a", probability: 0.5, fault });
      return appliedTo(made, 64);
    };
    expect(run("one")).toBe(run("one"));
    expect(run("two")).not.toBe(run("one"));
  });

  it.each([0.1, 0.5, 0.9])("of %d applies to about that share of calls", (probability) => {
    const made = faults({ probability });
    appliedTo(made, 2000);
    const applied = made.list()[0]?.applied ?? 0;
    expect(Math.abs(applied / 2000 - probability)).toBeLessThan(0.05);
  });

  it("is not drawn for a call that another rule applies to, or that is not due", () => {
    const alone = appliedTo(faults({ id: "a", probability: 0.5 }), 30);
    const late = appliedTo(faults({ id: "a", nth: 11, times: 99, probability: 0.5 }), 40);
    expect(late).toBe(`${"- ".repeat(10)}${alone}`);
    const behind = appliedTo(faults({ id: "b", times: 10 }, { id: "a", probability: 0.5 }), 40);
    expect(behind).toBe(`${"b ".repeat(10)}${alone}`);
  });
});

describe("a strike", () => {
  it("has the rule's fault, and no delay unless it says one", () => {
    expect(faults({ id: "a" }).apply(call())).toEqual({ rule: "a", fault, delayMs: 0 });
    const late: Fault = { kind: "delay", delayMs: 7 };
    expect(faults({ fault: late }).apply(call())).toEqual({
      rule: "fault-1",
      fault: late,
      delayMs: 7,
    });
  });

  it("has a delay from its range, both ends included, the same for the same seed", () => {
    const delays = (): number[] => {
      const made = faults({ fault: { kind: "delay", delayMs: [3, 6] } });
      return Array.from({ length: 200 }, () => made.apply(call())?.delayMs ?? -1);
    };
    expect([...new Set(delays())].toSorted()).toEqual([3, 4, 5, 6]);
    expect(delays()).toEqual(delays());
  });

  it("has the one delay of a range that has one", () => {
    expect(faults({ fault: { kind: "delay", delayMs: [5, 5] } }).apply(call())?.delayMs).toBe(5);
  });
});

it("goes on from its state as if it had never stopped", () => {
  const rule = { id: "a", probability: 0.5, times: 5 };
  const one = faults(rule, { nth: 4 });
  appliedTo(one, 3);
  const other = createFaults("another");
  other.restore(JSON.parse(JSON.stringify(one.state())));
  expect(counts(other)).toEqual(counts(one));
  expect(appliedTo(other, 12)).toBe(appliedTo(one, 12));
  expect(other.add({ fault }).id).toBe(one.add({ fault }).id);
});

it.each<[string, (made: Faults) => void, string]>([
  ["added", (made) => made.add({ id: "b", fault }), "b"],
  ["added for this operation", (made) => made.add({ id: "b", fault, operation: "addDevice" }), "b"],
  ["removed", (made) => void made.remove("a"), "-"],
  ["replaced by a reset", (made) => made.reset([{ id: "c", fault }]), "c"],
  [
    "restored",
    (made) => made.restore(faults({ id: "d", vendor: "acme" }, { id: "e" }).state()),
    "d",
  ],
])("a rule that is %s after a call counts for the next one", (_how, change, expected) => {
  const made = faults({ id: "a", times: 1 });
  expect(appliedTo(made, 1)).toBe("a");
  change(made);
  expect(appliedTo(made, 1)).toBe(expected);
});

it("what a request holds is looked at once for all rules, and not for those of other operations", () => {
  let looked = 0;
  const subject: FaultableCall["subject"] = () => {
    looked++;
    return { url: "/", headers: {}, body: "{}" };
  };
  const where = { "/id": "1" };
  const made = faults({ where }, { where }, { where, operation: "getDevice" });
  made.apply(call({ operation: "other", subject }));
  expect(looked).toBe(1);
  faults({ where, operation: "getDevice" }).apply(call({ subject }));
  expect(looked).toBe(1);
  expect(made.list().map(({ matched }) => matched)).toEqual([0, 0, 0]);
});
