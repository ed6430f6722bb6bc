import { describe, expect, it } from "vitest";
import { credentials } from "../../../src/contract/rules/credentials.ts";
import { acmeContract, faulted, flawsOf, journal, type Step } from "../../support/journals.ts";

const rules = credentials(acmeContract);

const found = (...steps: Step[]) =>
  rules.flatMap(({ id }) => flawsOf(rules, id, journal(...steps)).map((flaw) => [id, ...flaw]));

const refused = (flaw?: "missing" | "scheme" | "wrong" | "lapsed"): Step => ({
  status: 401,
  refusal: { kind: "unauthenticated", reason: "no", ...(flaw && { flaw }) },
});

it.each(["missing", "scheme", "wrong"] as const)(
  "credentials that are %s are the finding auth.%s and no other",
  (flaw) => {
    expect(found({}, refused(flaw))).toEqual([[`auth.${flaw}`, "must", 2]]);
  },
);

it("a login with the wrong password is auth.wrong", () => {
  expect(found({ op: "login", status: 401, cause: "unauthenticated" })).toEqual([
    ["auth.wrong", "must", 1],
  ]);
});

it.each<[string, Step, string]>([
  ["a call that was refused", refused("scheme"), "strike: no"],
  [
    "a login with the wrong password",
    { op: "login", status: 401, cause: "unauthenticated" },
    "login: no user has these credentials",
  ],
])("gives the reason of %s", (_, step, what) => {
  expect(rules.flatMap(({ judge }) => judge(journal(step)))).toMatchObject([{ what }]);
});

it("a mistake that is known by its look is named as what it is, with its own fix", () => {
  const mistake = { flaw: "scheme", what: "it is upside down", fix: "Turn it." } as const;
  const refusal = { kind: "unauthenticated", reason: "no", flaw: "scheme", mistake } as const;
  expect(rules.flatMap(({ judge }) => judge(journal({ status: 401, refusal })))).toEqual([
    { exchanges: [1], what: "strike: it is upside down", fix: "Turn it." },
  ]);
});

describe("nothing is said of", () => {
  it.each<[string, Step]>([
    ["a call that was let in", {}],
    ["a login that was let in", { op: "login" }],
    ["a login without a reply", { op: "login", status: 0 }],
    ["credentials that have lapsed", refused("lapsed")],
    ["credentials that are refused for the time of day", refused()],
    [
      "a caller without the licence",
      { status: 402, refusal: { kind: "unlicensed", principal: "1" } },
    ],
    [
      "a 401 that is a fault's",
      { status: 401, cause: "unauthenticated", fault: faulted("refusal") },
    ],
    [
      "a login that a fault refuses",
      { op: "login", status: 401, cause: "unauthenticated", fault: faulted("refusal") },
    ],
  ])("%s", (_, step) => {
    expect(found(step)).toEqual([]);
  });
});
