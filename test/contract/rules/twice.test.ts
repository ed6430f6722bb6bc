import { describe, expect, it } from "vitest";
import { twice } from "../../../src/contract/rules/twice.ts";
import { acmeContract, faulted, flawsOf, journal, type Step } from "../../support/journals.ts";

const found = (...steps: Step[]) =>
  flawsOf(twice(acmeContract), "destructive.twice", journal(...steps));

const reset: Step = { status: 0, aborted: true, fault: faulted("CONNECTION_RESET_BY_PEER") };

describe("sent again without knowing whether the first one took effect: must", () => {
  it.each<[string, Step]>([
    ["reset before the effect", reset],
    ["reset after the effect", { ...reset, fault: faulted("CONNECTION_RESET_BY_PEER", true) }],
    ["closed without a byte", { status: 0, fault: faulted("EMPTY_RESPONSE") }],
    ["no HTTP", { status: 0, fault: faulted("RANDOM_DATA_THEN_CLOSE", true) }],
    ["cut in the middle of the body", { aborted: true, fault: faulted("truncated-body", true) }],
    ["broken JSON", { fault: faulted("broken-json", true) }],
    ["a body that cannot be unpacked", { fault: faulted("broken-gzip", true) }],
    ["HTML by its content type", { fault: faulted("wrong-content-type", true) }],
    ["a gateway's page in place of a success", { status: 502, fault: faulted("html-page", true) }],
    ["a 500 in place of a success", { status: 500, fault: faulted("status", true) }],
    ["late, so that the client gave up", { aborted: true }],
  ])("%s", (_, first) => {
    expect(found(first, {})).toEqual([["must", 1, 2]]);
  });

  it("though other calls stand in between", () => {
    expect(found(reset, { op: "status" }, {})).toEqual([["must", 1, 3]]);
  });
});

it.each<[string, Step]>([
  ["answered", {}],
  ["answered late, but as ever", { fault: faulted("delay", true) }],
])("sent again though it was %s: should", (_, first) => {
  expect(found(first, {})).toEqual([["should", 1, 2]]);
});

it.each<[string, Step, string]>([
  ["lost", reset, "the reply to strike was lost, and the call was sent again"],
  [
    "lost after the effect",
    { ...reset, fault: faulted("CONNECTION_RESET_BY_PEER", true) },
    "the reply to strike, which had taken effect, was lost, and the call was sent again",
  ],
  ["not lost", {}, "strike was answered, and sent again unchanged"],
])("says what happened to the first reply: %s", (_, first, what) => {
  const exchanges = journal(first, {});
  expect(twice(acmeContract).flatMap(({ judge }) => judge(exchanges))).toMatchObject([{ what }]);
});

describe("nothing is said of", () => {
  it.each<[string, Step[]]>([
    ["a call that is sent once", [{}]],
    ["a lost call that is not sent again", [reset]],
    ["a lost call that is looked after", [reset, { op: "status" }]],
    ["a lost call with another one after it", [reset, { body: '{"b":1}' }]],
    ["a status call that is sent again", [{ op: "status", ...reset }, { op: "status" }]],
    ["a login that is sent again", [{ op: "login", ...reset }, { op: "login" }]],
    ["a 503, which did nothing", [{ status: 503, fault: faulted("status", true) }, {}]],
    ["a 429, which did nothing", [{ status: 429, fault: faulted("refusal") }, {}]],
    ["a 502 without effect", [{ status: 502, fault: faulted("html-page") }, {}]],
    ["a refusal that got lost", [{ ...reset, refusal: { kind: "conflict", reason: "busy" } }, {}]],
    ["two calls on different machines", [{ body: '{"a":1}' }, { body: '{"a":2}' }]],
    ["do, undo, do", [{}, { body: '{"undo":true}' }, {}]],
  ])("%s", (_, steps) => {
    expect(found(...steps)).toEqual([]);
  });
});
