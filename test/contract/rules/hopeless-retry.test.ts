import { expect, it } from "vitest";
import { hopelessRetry } from "../../../src/contract/rules/hopeless-retry.ts";
import type { Refusal } from "../../../src/core/errors.ts";
import type { Exchange } from "../../../src/core/journal/journal.ts";
import { acmeContract, faulted, flawsOf, journal, type Step } from "../../support/journals.ts";

const found = (...steps: Step[]) =>
  flawsOf([hopelessRetry(acmeContract)], "retry.hopeless", journal(...steps));

const LAPSED: Refusal = { kind: "unauthenticated", reason: "expired", flaw: "lapsed" };
const WRONG: Refusal = { kind: "unauthenticated", reason: "no such key", flaw: "wrong" };
const expired: Step = { status: 401, refusal: LAPSED };
const unlicensed: Step = { status: 402, refusal: { kind: "unlicensed", principal: "3" } };

it.each([400, 401, 402, 403])("a %i that is sent again is a finding", (status) => {
  const refusal: Refusal = { kind: "forbidden", principal: "4", permission: "strike" };
  expect(found({ status, refusal }, { status, refusal })).toEqual([["must", 1, 2]]);
});

const invalid = (problem: object): Step => ({
  status: 500,
  refusal: { kind: "invalid", problem: { where: "/a", what: "is required", ...problem } },
});
const MISTAKE = invalid({ basis: "documented" });

it.each<[string, Step]>([
  ["a documented mistake", MISTAKE],
  ["text that is no JSON", { status: 500, refusal: { kind: "malformed", reason: "no JSON" } }],
])("%s that got a 500 and is sent again is one, as far as its text says so", (_, step) => {
  const flaws = hopelessRetry(acmeContract).judge(journal(step, step));
  expect(flaws).toMatchObject([{ exchanges: [1, 2], basis: "observed" }]);
});

it("so is one of a fault, even if the second attempt succeeded", () => {
  expect(found({ status: 400, fault: faulted("status") }, {})).toEqual([["must", 1, 2]]);
});

it("so is one after a login that failed", () => {
  expect(found(expired, { op: "login", status: 500 }, expired)).toEqual([["must", 1, 3]]);
});

it("so is one whose second attempt got a fault", () => {
  expect(found(unlicensed, { status: 503, fault: faulted("status") })).toEqual([["must", 1, 2]]);
});

it("so is one before a login that came too late", () => {
  expect(found(expired, expired, { op: "login" })).toEqual([["must", 1, 2]]);
});

it("does not say unchanged of a call with other headers", () => {
  const [first, again] = journal(unlicensed, unlicensed);
  const signed = { ...again, request: { ...again?.request, headers: { nonce: "2" } } } as Exchange;
  expect(hopelessRetry(acmeContract).judge([first as Exchange, signed])).toMatchObject([
    {
      what: "strike was refused with 402 and sent again with other headers, and refused for the same reason",
    },
  ]);
});

it("names the call and its refusal", () => {
  expect(hopelessRetry(acmeContract).judge(journal(unlicensed, unlicensed))).toMatchObject([
    { what: "strike was refused with 402 and sent again unchanged" },
  ]);
});

it("a series of three is reported pair by pair", () => {
  expect(found(unlicensed, unlicensed, unlicensed)).toEqual([
    ["must", 1, 2],
    ["must", 2, 3],
  ]);
});

it.each<[string, Step[]]>([
  ["a refusal that stays alone", [unlicensed]],
  ["a 401 that a login follows", [expired, { op: "login" }, {}]],
  [
    "a 401 of a fault that a login follows",
    [{ status: 401, fault: faulted("refusal") }, { op: "login" }, {}],
  ],
  [
    "a refused request that is sent with another body",
    [unlicensed, { ...unlicensed, body: '{"a":1}' }],
  ],
  [
    "a refused request that is sent to another path",
    [unlicensed, { ...unlicensed, url: "/acme/other" }],
  ],
  ["the same body in another call", [unlicensed, { ...unlicensed, op: "status" }]],
  ["a 429 that is sent again", [{ status: 429, fault: faulted("refusal") }, {}]],
  ["a 503 that is sent again", [{ status: 503, fault: faulted("status") }, {}]],
  ["a 500 that is sent again", [{ status: 500, fault: faulted("status") }, {}]],
  ["a mistake that is assumed only", [invalid({}), invalid({})]],
  [
    "a value that fauxdr does not understand",
    Array(2).fill(invalid({ basis: "documented", unserved: true })),
  ],
  [
    "a reserved target's 500",
    Array(2).fill({ ...MISTAKE, refusal: { ...MISTAKE.refusal, onRequest: true } }),
  ],
  ["other credentials, which are let in", [{ status: 401, refusal: WRONG }, {}]],
  [
    "other credentials, which are refused for another reason",
    [{ status: 401, refusal: WRONG }, expired],
  ],
  ["a refusal that the client did not stay for", [{ ...unlicensed, aborted: true }, unlicensed]],
  ["a good call that is sent again", [{}, {}]],
])("has nothing against %s", (_, steps) => {
  expect(found(...steps)).toEqual([]);
});
