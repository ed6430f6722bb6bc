import { expect, it } from "vitest";
import { unknownAction } from "../../../src/contract/rules/unknown-action.ts";
import { flawsOf, journal, type Step } from "../../support/journals.ts";

const found = (step: Step) => flawsOf([unknownAction], "status.unknown-action", journal(step));

it.each(["action", "remediation"])("finds a call for an %s that there is not", (what) => {
  expect(
    found({ op: "status", status: 500, refusal: { kind: "not-found", what, id: "9" } }),
  ).toEqual([["must", 1]]);
});

it("says which one it is", () => {
  const refusal = { kind: "not-found", what: "action", id: "9" } as const;
  expect(unknownAction.judge(journal({ op: "status", status: 500, refusal }))).toMatchObject([
    { what: "status asks for action 9, which does not exist" },
  ]);
});

it("does not say of an action of another kind that it does not exist", () => {
  const refusal = { kind: "not-found", what: "action", id: "9", actual: "scan" } as const;
  expect(unknownAction.judge(journal({ op: "status", status: 500, refusal }))).toEqual([
    {
      exchanges: [1],
      what: "status asks for action 9, which is of another kind: scan",
      fix: "Use this call for actions of its own kind only.",
    },
  ]);
});

it("has nothing against what a reserved target asked for", () => {
  const refusal = { kind: "not-found", what: "action", id: "9", onRequest: true } as const;
  expect(found({ op: "status", status: 500, refusal })).toEqual([]);
});

it.each<[string, Step]>([
  ["a call for one that there is", { op: "status" }],
  [
    "a machine's event that is gone",
    { status: 404, refusal: { kind: "not-found", what: "event", id: "9" } },
  ],
  ["a file that is gone", { status: 404, refusal: { kind: "not-found", what: "file", id: "9" } }],
  [
    "a 404 that is a fault's",
    { status: 404, fault: { rule: "f", kind: "refusal", effect: false } },
  ],
  [
    "targets that nobody knows",
    { status: 500, refusal: { kind: "no-target", action: "a", targets: [] } },
  ],
])("has nothing against %s", (_, step) => {
  expect(found(step)).toEqual([]);
});
