import { describe, expect, it } from "vitest";
import { pollingRules } from "../../../src/contract/rules/polling.ts";
import { acmeContract, faulted, flawsOf, journal, type Step } from "../../support/journals.ts";

const rules = pollingRules(acmeContract);
const poll = (ended = false, step: Step = {}): Step => ({
  op: "status",
  answer: { action: "7", ended },
  ...step,
});
const every = (ms: number, times: number, step: Step = poll()): Step[] =>
  Array.from({ length: times }, (_, index) => ({ ...step, atMs: index * ms }));

const said = (id: string, steps: readonly Step[]): string[] =>
  rules
    .filter((rule) => rule.id === id)
    .flatMap(({ judge }) => judge(journal(...steps)).map(({ what }) => what));

it.each<[string, readonly Step[], string]>([
  ["poll.hot", every(20, 30), "action 7 was polled 11 times within a second"],
  [
    "poll.after-end",
    [poll(true), poll(true), poll(true)],
    "action 7 had ended, and was polled 2 more times",
  ],
  ["poll.endless", every(1000, 101), "action 7 was polled 101 times and has not ended"],
])("%s says which action was polled how often", (id, steps, what) => {
  expect(said(id, steps)).toEqual([what]);
});

describe("poll.hot", () => {
  const found = (steps: readonly Step[]) => flawsOf(rules, "poll.hot", journal(...steps));

  it("finds eleven status calls within a second", () => {
    expect(found(every(80, 11))).toEqual([["should", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]]);
  });

  it("finds them after slower ones, and only once", () => {
    const calm = every(1000, 3);
    const hot = every(20, 30).map((step) => ({ ...step, atMs: (step.atMs ?? 0) + 3000 }));
    expect(found([...calm, ...hot]).map(([, first]) => first)).toEqual([4]);
  });

  it.each<[string, readonly Step[]]>([
    ["ten within a second", every(20, 10)],
    ["eleven within what timers make of a second", every(90, 50)],
    [
      "eleven of different actions",
      every(20, 11).map((step, index) => ({ ...step, answer: { action: String(index) } })),
    ],
    ["eleven other calls", every(20, 11, {})],
    ["eleven while the clock stands still", every(0, 11)],
  ])("has nothing against %s", (_, steps) => {
    expect(found(steps)).toEqual([]);
  });
});

describe("poll.after-end", () => {
  const found = (...steps: Step[]) => flawsOf(rules, "poll.after-end", journal(...steps));

  it("finds the status calls after the end, in one finding", () => {
    expect(found(poll(), poll(true), poll(true), poll(true))).toEqual([["should", 2, 3, 4]]);
  });

  it("finds them even if the first one showed the end", () => {
    expect(found(poll(true), poll(true))).toEqual([["should", 1, 2]]);
  });

  it.each(["delay", "slow-body", "extra-fields"] as const)(
    "finds them after an end that %s left readable",
    (kind) => {
      expect(found(poll(true, { fault: faulted(kind, true) }), poll(true))).toEqual([
        ["should", 1, 2],
      ]);
    },
  );

  it.each<[string, Step[]]>([
    ["one who stops at the end", [poll(), poll(), poll(true)]],
    ["one who never sees an end", [poll(), poll()]],
    ["an end that got lost", [poll(true, { aborted: true }), poll(true)]],
    [
      "an end that could not be read",
      [poll(true, { fault: faulted("broken-json", true) }), poll(true)],
    ],
    [
      "an end in a word that nobody knows",
      [poll(true, { fault: faulted("unknown-enum", true) }), poll(true)],
    ],
    [
      "another action after it",
      [poll(true), poll(false, { answer: { action: "8", ended: false } })],
    ],
    ["another call after it", [poll(true), { op: "strike" }]],
  ])("has nothing against %s", (_, steps) => {
    expect(found(...steps)).toEqual([]);
  });
});

describe("poll.endless", () => {
  const found = (steps: readonly Step[]) => flawsOf(rules, "poll.endless", journal(...steps));

  it("finds the hundred-and-first call for an action that does not end", () => {
    expect(found(every(1000, 101))).toEqual([["should", 1, 101]]);
  });

  it.each<[string, readonly Step[]]>([
    ["a hundred calls", every(1000, 100)],
    ["a longer row that comes to an end", [...every(1000, 150), poll(true, { atMs: 200_000 })]],
    ["a longer row of other calls", every(1000, 150, {})],
  ])("has nothing against %s", (_, steps) => {
    expect(found(steps)).toEqual([]);
  });
});
