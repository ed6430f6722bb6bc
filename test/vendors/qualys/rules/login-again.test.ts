import { describe, expect, it } from "vitest";
import { loginAgain } from "../../../../src/vendors/qualys/rules/login-again.ts";
import { journalOf } from "../../../support/broken-qualys/journal.ts";

const LOGIN = { operation: "login", body: "username=jd&password=[redacted]", status: 201 };
const OTHER = { ...LOGIN, body: "username=eve&password=[redacted]" };
const CALL = { operation: "getRemediation" };
const EXPIRED = { ...CALL, status: 401 };
const LOST = { rule: "fault-1", kind: "truncated-body", effect: true } as const;

const REDIRECT = { rule: "fault-1", kind: "redirect", effect: false } as const;

describe("passes", () => {
  it.each([
    ["one login", [LOGIN, CALL, CALL]],
    ["a login after a 401", [LOGIN, CALL, EXPIRED, LOGIN, CALL]],
    ["a login after each 401", [LOGIN, EXPIRED, LOGIN, CALL, EXPIRED, LOGIN, CALL]],
    ["the logins of two users", [LOGIN, OTHER, CALL]],
    ["a login after one that was refused", [{ ...LOGIN, status: 401 }, LOGIN, CALL]],
    ["a login after one that failed", [{ ...LOGIN, status: 503 }, LOGIN, CALL]],
    ["a login after one whose token was lost", [{ ...LOGIN, fault: LOST }, LOGIN, CALL]],
    ["a login after a redirect", [LOGIN, { ...CALL, status: 307, fault: REDIRECT }, LOGIN, CALL]],
    ["a login of a client", [LOGIN, { ...LOGIN, operation: "loginOidc" }]],
  ])("%s", (_what, made) => {
    expect(loginAgain.judge(journalOf(...made))).toEqual([]);
  });

  it("a login after four hours, when the token has expired", () => {
    const late = { ...LOGIN, at: "2026-01-31T16:00:00.000Z" };
    expect(loginAgain.judge(journalOf(LOGIN, late))).toEqual([]);
  });
});

describe("finds", () => {
  it("a login before every call, once for all of them", () => {
    expect(loginAgain.judge(journalOf(LOGIN, CALL, LOGIN, CALL, LOGIN, CALL))).toEqual([
      { exchanges: [3, 5], what: "2 of the logins came while an earlier token was good" },
    ]);
  });

  it("a second login after the same 401", () => {
    expect(loginAgain.judge(journalOf(LOGIN, EXPIRED, LOGIN, LOGIN, CALL))).toMatchObject([
      { exchanges: [4] },
    ]);
  });

  it("a login a moment before the token expires", () => {
    const early = { ...LOGIN, at: "2026-01-31T15:59:59.999Z" };
    expect(loginAgain.judge(journalOf(LOGIN, early))).toMatchObject([{ exchanges: [2] }]);
  });
});
