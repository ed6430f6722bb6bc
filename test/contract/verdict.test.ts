import { expect, it } from "vitest";
import { verdictOn } from "../../src/contract/verdict.ts";
import { atOnce } from "../../src/core/in-turns.ts";
import type { Exchange } from "../../src/core/journal/journal.ts";
import { acmeContract, journal } from "../support/journals.ts";

const acme = { name: "acme", contract: acmeContract };
const other = { name: "other", contract: acmeContract };
const refusal = { kind: "unauthenticated", flaw: "wrong", reason: "another key" } as const;
const WRONG_KEY = journal({ status: 401, refusal });
const NOT_HTTP = journal({ status: 400 }).map(({ vendor: _, operation: __, request, ...rest }) => ({
  ...rest,
  request: { ...request, method: "" },
  refusal: { kind: "malformed", reason: "bytes of TLS" } as const,
}));

const judged = (exchanges: readonly Exchange[], vendors = [acme, other], dropped = 0) =>
  atOnce(verdictOn([{ tenant: "default", exchanges, dropped }], vendors, "must"));

it("passes where calls came and none of them is wrong", () => {
  expect(judged(journal({}))).toEqual({ verdict: "passed", requests: 1, findings: [] });
});

it("fails for a finding that counts, names it first, and says whose journal it is in", () => {
  const found = judged(WRONG_KEY);
  expect(found).toMatchObject({ verdict: "failed", requests: 1 });
  expect(found.reason).toMatch(/^auth\.wrong: /);
  expect(found.findings[0]).toMatchObject({ tenant: "default", rule: "auth.wrong" });
});

it.each([
  [1, ""],
  [2, "; 1 more findings fail"],
  [3, "; 2 more findings fail"],
])("says how many more findings than the first one fail: of %i", (count, more) => {
  const { reason, findings } = judged(
    journal(
      ...Array.from({ length: count }, (_, index) => ({ status: 401, refusal, url: `/${index}` })),
    ),
  );
  expect([findings.length, reason]).toEqual([count, `auth.wrong: ${findings[0]?.what}${more}`]);
});

it("adds up what the journals have dropped", () => {
  const journals = [1, 2].map((dropped) => ({
    tenant: `t${dropped}`,
    exchanges: journal({}),
    dropped,
  }));
  expect(atOnce(verdictOn(journals, [acme], "must")).reason).toMatch(/^3 calls were not judged/);
});

it("names all vendors that were not called", () => {
  const third = { ...other, name: "third" };
  expect(judged(journal({}), [other, third]).reason).toBe("no call had a path of other or third");
});

it("judges tenants one by one, and fails for one of them", () => {
  const journals = [
    { tenant: "good", exchanges: journal({}), dropped: 0 },
    { tenant: "bad", exchanges: WRONG_KEY, dropped: 0 },
  ];
  const { verdict, findings } = atOnce(verdictOn(journals, [acme], "must"));
  expect([verdict, findings.map(({ tenant }) => tenant)]).toEqual(["failed", ["bad"]]);
});

it("does not fail for a finding below the severity that is asked for", () => {
  const exchanges = [...journal({}), ...NOT_HTTP];
  const at = (failOn: "must" | "should") =>
    atOnce(verdictOn([{ tenant: "default", exchanges, dropped: 0 }], [acme], failOn)).verdict;
  expect([at("must"), at("should")]).toEqual(["passed", "failed"]);
});

it.each<[string, readonly Exchange[], number, RegExp]>([
  ["nothing came", [], 0, /^nothing was sent to the mock: does the client/],
  [
    "only bytes came that are no request",
    NOT_HTTP,
    0,
    /^the mock got only bytes that it could not read: bytes of TLS$/,
  ],
  ["a journal dropped calls", journal({}), 7, /^7 calls were not judged/],
  [
    "no call came to a vendor",
    journal({}).map(({ vendor: _, operation: __, ...rest }) => rest),
    0,
    /^no call had a path of a vendor/,
  ],
  [
    "fauxdr itself failed",
    journal({}).map((one) => ({ ...one, error: "a bug" })),
    0,
    /^fauxdr itself failed: a bug$/,
  ],
])("is inconclusive where %s", (_, exchanges, dropped, reason) => {
  const found = judged(exchanges, [acme], dropped);
  expect(found.verdict).toBe("inconclusive");
  expect(found.reason).toMatch(reason);
});

it("is inconclusive of a vendor that was not called", () => {
  const { verdict, reason } = judged(journal({}), [other]);
  expect([verdict, reason]).toEqual(["inconclusive", "no call had a path of other"]);
});
