import { expect, it } from "vitest";
import { leftEarly } from "../../../src/contract/rules/left-early.ts";
import type { Contract } from "../../../src/core/contract.ts";
import { acmeContract, faulted, journal, type Step } from "../../support/journals.ts";

const contract: Contract = {
  ...acmeContract,
  createdBy: ({ operation }) => (operation === "strike" ? "7" : undefined),
};

const poll = (ended: boolean, rest: Step = {}): Step => ({
  op: "status",
  answer: { action: "7", ended },
  ...rest,
});

const found = (...steps: Step[]) => leftEarly(contract).judge(journal(...steps));

it.each([
  [[poll(false)], [2], "after 1 poll"],
  [[poll(false), poll(false)], [2, 3], "after 2 polls"],
] as const)("an action that was left in progress is a finding: %#", (polls, exchanges, count) => {
  expect(found({}, ...polls)).toEqual([
    { exchanges, what: `action 7 was still in progress when polling stopped, ${count}` },
  ]);
});

it.each<[string, Step[]]>([
  ["an action that ended", [{}, poll(false), poll(true)]],
  ["one that was never asked for", [{}]],
  ["one that was given up after some looks", [{}, poll(false), poll(false), poll(false)]],
  ["one that somebody else created", [poll(false)]],
  [
    "one that two looks followed, the first of them spoilt by a fault",
    [{}, poll(false, { fault: faulted("unknown-enum", true) }), poll(false)],
  ],
  [
    "a reply after it that could not be read",
    [{}, poll(false), { op: "status", answer: {}, fault: faulted("broken-json") }],
  ],
  ["a look that a fault spoilt", [{}, poll(false, { fault: faulted("unknown-enum", true) })]],
  ["a look whose reply was cut", [{}, poll(false, { aborted: true })]],
  ["a refusal after it", [{}, poll(false), { op: "status", status: 401 }]],
  ["a lost reply after it", [{}, poll(false), { op: "status", status: 0 }]],
])("nothing is wrong with %s", (_, steps) => {
  expect(found(...steps)).toEqual([]);
});

it("a call that failed before the last poll is no reason to stop", () => {
  expect(found({}, { op: "status", status: 500 }, poll(false))).toHaveLength(1);
});

it("another call that fails afterwards is no reason to stop", () => {
  expect(found({}, poll(false), { op: "other", status: 500 })).toHaveLength(1);
});
