import { expect, it } from "vitest";
import { missingEvidence } from "../../src/contract/evidence.ts";
import { journal } from "../support/journals.ts";

const SAME = { sameAs: [["strike", "strikeV1"]] };

it.each<[string, object, object, readonly string[]]>([
  ["one call of the operation", { operation: "strike" }, {}, ["strike"]],
  ["a call by another path", { operation: "strike" }, SAME, ["strikeV1"]],
  [
    "as many calls as are wanted",
    { operation: "x", evidence: { strike: 2 } },
    SAME,
    ["strike", "strikeV1"],
  ],
  ["any call, where none is named", { operation: "x", evidence: {} }, {}, ["poll"]],
])("is there: %s", (_, one, contract, calls) => {
  expect(
    missingEvidence(one as never, contract, journal(...calls.map((op) => ({ op })))),
  ).toBeUndefined();
});

it.each<[string, object, object, readonly string[], string]>([
  [
    "no call",
    { operation: "strike" },
    {},
    [],
    "the case needs a call of strike to judge, but none came",
  ],
  [
    "a call of another operation",
    { operation: "strike" },
    SAME,
    ["poll"],
    "the case needs a call of strike to judge, but none came",
  ],
  [
    "too few calls",
    { operation: "x", evidence: { strike: 2 } },
    {},
    ["strike"],
    "the case needs 2 calls of strike to judge, but only 1 came",
  ],
  [
    "nothing, where none is named",
    { operation: "x", evidence: {} },
    {},
    [],
    "the case needs a call to judge, but none came",
  ],
])("is missing: %s", (_, one, contract, calls, sentence) => {
  expect(missingEvidence(one as never, contract, journal(...calls.map((op) => ({ op }))))).toBe(
    sentence,
  );
});
