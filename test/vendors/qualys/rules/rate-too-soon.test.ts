import { describe, expect, it } from "vitest";
import { rateTooSoon } from "../../../../src/vendors/qualys/rules/rate-too-soon.ts";
import { journalOf } from "../../../support/broken-qualys/journal.ts";

const at = (second: number): string => `2026-01-31T12:00:${String(second).padStart(2, "0")}.000Z`;
const CALL = { operation: "quarantineHostV1" };
const limited = (seconds: string, status = 429): object => ({
  ...CALL,
  status,
  at: at(0),
  headers: { "x-ratelimit-towait-sec": seconds },
});

describe("passes", () => {
  it.each([
    ["a call after the wait", [limited("5"), { ...CALL, at: at(5) }]],
    ["no call at all", [limited("5")]],
    ["a login, which is not limited", [limited("5"), { operation: "login", at: at(1) }]],
    [
      "a refusal that says no time",
      [
        { ...CALL, status: 429, at: at(0) },
        { ...CALL, at: at(0) },
      ],
    ],
    ["a conflict that is none of the rate's", [limited("0", 409), { ...CALL, at: at(0) }]],
    ["a good reply that tells the rate", [limited("5", 200), { ...CALL, at: at(0) }]],
    [
      "a refusal with Retry-After, which is judged for every vendor",
      [
        { ...limited("5"), headers: { "x-ratelimit-towait-sec": "5", "retry-after": "5" } },
        { ...CALL, at: at(1) },
      ],
    ],
  ])("%s", (_what, made) => {
    expect(rateTooSoon.judge(journalOf(...made))).toEqual([]);
  });
});

describe("finds", () => {
  it.each([429, 409])("a call within the wait after a %i", (status) => {
    expect(rateTooSoon.judge(journalOf(limited("5", status), { ...CALL, at: at(4) }))).toEqual([
      { exchanges: [1, 2], what: "the next call came after 4 of 5 seconds" },
    ]);
  });

  it("another call than the refused one: the rate is the same for all", () => {
    const other = { operation: "getRemediationV1", at: at(1) };
    expect(rateTooSoon.judge(journalOf(limited("5"), other))).toMatchObject([
      { exchanges: [1, 2] },
    ]);
  });

  it("a call behind a login that came in between", () => {
    const made = [limited("5"), { operation: "login", at: at(1) }, { ...CALL, at: at(2) }];
    expect(rateTooSoon.judge(journalOf(...made))).toMatchObject([{ exchanges: [1, 3] }]);
  });

  it("every call that came too soon", () => {
    const again = { ...limited("5"), at: at(1) };
    expect(rateTooSoon.judge(journalOf(limited("5"), again, again))).toHaveLength(2);
  });
});
