import { describe, expect, it } from "vitest";
import type { ClientReport } from "../../src/contract/client-report.ts";
import { missingEvidence, unearned } from "../../src/contract/evidence.ts";
import type { Exchange } from "../../src/core/journal/journal.ts";
import { journal, type Step } from "../support/journals.ts";

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

const STRIKES = { destructive: ["strike"], ...SAME };
const end = (
  statuses: readonly number[],
  report?: ClientReport["outcome"],
  { exitCode = 0, operation = "strike", op = "strike" } = {},
) =>
  unearned(
    { operation },
    STRIKES,
    journal(...statuses.map((status) => ({ op, status }))),
    { exitCode },
    report && { outcome: report },
  ).map(({ what }) => what);

it("asks for a reply with a good status", () => {
  const journalled = journal({ status: 429 });
  const report = { outcome: "accepted" as const };
  expect(unearned({ operation: "strike" }, STRIKES, journalled, { exitCode: 0 }, report)).toEqual([
    {
      what: 'it reported "accepted", but no call of strike was accepted',
      fix: "Report success only after a reply with a status of 200 to 299.",
    },
  ]);
});

it("takes a call without an operation, and a vendor without other paths, as they are", () => {
  const [call] = journal({});
  const { operation: _, ...unknown } = call as Exchange;
  const strikes = { destructive: ["strike"] };
  const one = { operation: "strike" };
  expect(unearned(one, strikes, [unknown], { exitCode: 0 }, undefined)).toHaveLength(1);
  expect(unearned(one, strikes, journal({}), { exitCode: 0 }, undefined)).toEqual([]);
});

it("is asked for in a task that finds its machines by another operation", () => {
  const one = { operation: "list", targets: ["a"] };
  const report = { outcome: "accepted" as const };
  const of = (given: typeof one, ...steps: readonly Step[]) =>
    unearned(given, STRIKES, journal({ op: "list" }, ...steps), { exitCode: 0 }, report);
  expect(of(one).map(({ what }) => what)).toEqual([
    'it reported "accepted", but no call of strike was accepted',
  ]);
  expect(of(one, { op: "strikeV1" })).toEqual([]);
  expect(of({ ...one, targets: [] })).toEqual([]);
});

describe("a success without an accepted call", () => {
  it("is claimed by a report without any call, but not by an exit code of 0 alone", () => {
    expect(end([], "completed")).toEqual([
      'it reported "completed", but no call of strike was accepted',
    ]);
    expect(end([])).toEqual([]);
  });

  it.each<[string, Parameters<typeof end>, string]>([
    ["in a report", [[429], "accepted"], 'it reported "accepted"'],
    ["of a whole action", [[429], "completed"], 'it reported "completed"'],
    ["by exit code 0", [[503, 503]], "it ended with exit code 0"],
    ["of a call whose reply was lost", [[0], "accepted"], 'it reported "accepted"'],
    ["after a redirect", [[307], "accepted"], 'it reported "accepted"'],
    ["after another call", [[200], "accepted", { op: "poll" }], 'it reported "accepted"'],
    ["after a status of 300", [[300], "accepted"], 'it reported "accepted"'],
    ["after an early status", [[103], "accepted"], 'it reported "accepted"'],
  ])("is found: %s", (_, given, how) => {
    expect(end(...given)).toEqual([`${how}, but no call of strike was accepted`]);
  });

  it.each<[string, Parameters<typeof end>]>([
    ["of which one call was accepted", [[429, 200], "accepted"]],
    ["whose call was accepted by a status of 200", [[200], "completed"]],
    ["whose call was accepted by another path", [[299], "accepted", { op: "strikeV1" }]],
    ["that is a failure", [[429], "failed"]],
    ["that is a failure, whatever the exit code", [[429], "refused"]],
    ["that ends with another exit code", [[429], undefined, { exitCode: 1 }]],
    ["that acts on nothing", [[429], "accepted", { operation: "poll" }]],
  ])("is none: an end %s", (_, given) => {
    expect(end(...given)).toEqual([]);
  });
});
