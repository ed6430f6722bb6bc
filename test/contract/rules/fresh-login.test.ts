import { describe, expect, it } from "vitest";
import { freshLogin } from "../../../src/contract/rules/fresh-login.ts";
import { acmeContract, faulted, flawsOf, journal, type Step } from "../../support/journals.ts";

const found = (...steps: Step[]) =>
  flawsOf([freshLogin(acmeContract)], "login.after-401", journal(...steps));

const login: Step = { op: "login", status: 201 };
const expired: Step = {
  status: 401,
  refusal: { kind: "unauthenticated", reason: "expired", flaw: "lapsed" },
};
const refusedByFault: Step = { status: 401, cause: "unauthenticated", fault: faulted("refusal") };

describe("a finding", () => {
  it.each<[string, Step[], (string | number)[]]>([
    ["no login after it", [login, {}, expired], ["must", 3]],
    ["no login after one that a fault gave", [login, refusedByFault], ["must", 2]],
    ["the same call again instead", [login, expired, expired], ["must", 2]],
    ["two logins after it", [login, expired, login, login, {}], ["must", 2, 3, 4]],
    ["a login for every try", [login, expired, login, expired, login, expired], ["must", 2, 3, 5]],
  ])("%s", (_, steps, flaw) => {
    expect(found(...steps)).toEqual([flaw]);
  });
});

it("a 401 of a fault rule with any body counts too", () => {
  const played: Step = { status: 401, cause: "fault", fault: faulted("status") };
  expect(found(login, played, {})).toEqual([["must", 2]]);
});

it.each<[Step[], string]>([
  [[login, expired], "strike was answered 401, and no login followed"],
  [[login, expired, login, login], "strike was answered 401, and 2 logins followed"],
])("says how many logins followed: %#", (steps, what) => {
  expect(freshLogin(acmeContract).judge(journal(...steps))).toMatchObject([{ what }]);
});

describe("no finding", () => {
  it.each<[string, Step[]]>([
    ["one login and the call again", [login, expired, login, {}]],
    ["the same when a fault gave the 401", [login, refusedByFault, login, {}]],
    [
      "one login and a 401 again, which is then reported",
      [login, refusedByFault, login, refusedByFault],
    ],
    [
      "a login that fails, and another one",
      [login, expired, { op: "login", status: 503 }, login, {}],
    ],
    ["two tokens that expire one after the other", [login, expired, login, {}, expired, login, {}]],
    ["a client that never logged in", [expired]],
    ["a client that was given its token", [{}, expired]],
    ["a client whose login failed", [{ op: "login", status: 500 }, expired]],
    [
      "credentials that are wrong, which no login mends",
      [login, { status: 401, refusal: { kind: "unauthenticated", reason: "?", flaw: "wrong" } }],
    ],
    ["a login that is refused", [login, { ...expired, op: "login" }]],
    ["a call without a reply", [login, { status: 0 }]],
    ["a 403", [login, { status: 403, cause: "forbidden" }]],
    ["a 401 that the client did not stay for", [login, { ...expired, aborted: true }]],
    ["logins without any 401", [login, {}, login, {}]],
  ])("%s", (_, steps) => {
    expect(found(...steps)).toEqual([]);
  });
});
