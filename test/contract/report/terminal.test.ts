import { expect, it } from "vitest";
import { createReport } from "../../../src/contract/report/report.ts";
import { terminal } from "../../../src/contract/report/terminal.ts";
import type { CaseResult } from "../../../src/contract/result.ts";
import { journal } from "../../support/journals.ts";
import { failed, finding, result } from "../../support/results.ts";

const shown = (
  results: readonly CaseResult[],
  baseline = {},
  verbose = false,
  trace = false,
): string =>
  terminal(
    createReport(results, {
      title: "t",
      failOn: "must" as const,
      failOnAssumed: false,
      baseline,
      all: true,
    }),
    { verbose, trace },
  );

const SUM = /^fauxdr: \d+ passed, .*\n$/m;

it("says nothing but the sum where all is well", () => {
  expect(shown([result()])).toBe(
    "fauxdr: 1 passed, 0 failed, 0 skipped, 0 inconclusive; findings: 0 must, 0 should, 0 info\n",
  );
});

it("names what passed where it is asked to", () => {
  expect(shown([result()], {}, true)).toContain("pass  acme.case.one (document)\n");
});

it("shows for a cause its place, what is wrong, how to fix it, the source, and the client's output", () => {
  const one = result({
    outcome: "fail",
    findings: [finding({ exchanges: [1, 2, 3, 4, 5, 6], what: "first\nsecond" })],
    output: { stdout: "a word\n", stderr: "" },
  });
  expect(shown([one])).toBe(`must  acme.one
      acme.case.one (document) (#1, #2, #3, #4, #5, …): first
      second
      fix: Do not do it.
      documented: A document
      | a word
fauxdr: 0 passed, 1 failed, 0 skipped, 0 inconclusive; findings: 1 must, 0 should, 0 info
`);
});

it("shows a cause once, for any number of cases", () => {
  const many = Array.from({ length: 60 }, (_, index) => failed(`case${index}`, "auth"));
  const text = shown(many);
  expect(text).toContain("must  auth, in 60 cases\n      case0 (document): ");
  expect(text).toContain("also: case1 (document), case2 (document), case3 (document) and 56 more");
  expect(text.split("\n").length).toBeLessThan(10);
});

it("groups broken promises of cases by what is wrong", () => {
  const own = ["a", "b"].map((id) =>
    result({ id, outcome: "fail", findings: [finding({ rule: id, what: "it said no\nto #1" })] }),
  );
  expect(shown(own)).toContain("must  it said no, in 2 cases\n      a (document)\n      to #1\n");
});

it("puts the most severe causes first, then those that most cases show", () => {
  const text = shown([
    result({ findings: [finding({ rule: "slight", severity: "info" })] }),
    failed("a", "once"),
    failed("b", "often"),
    failed("c", "often"),
  ]);
  const order = ["must  often", "must  once", "info  slight"].map((line) => text.indexOf(line));
  expect(order).toEqual(order.toSorted((a, b) => a - b));
  expect(order).not.toContain(-1);
});

it("shows the first causes in full, more in a line each, and counts the rest", () => {
  const many = Array.from({ length: 60 }, (_, index) => failed(`c${index}`, `rule${index}`));
  const text = shown(many);
  expect(text).toContain("must  rule8: c8 (document)\n");
  expect(text).toContain("… and 32 more causes: --verbose shows all\n");
  expect(text.split("\n").length).toBeLessThan(60);
});

it("shows a cause of every call first", () => {
  const calls = (id: string) =>
    result({
      id,
      outcome: "fail",
      exchanges: journal({}),
      findings: [
        finding({ rule: id, what: "it failed" }),
        finding({ rule: "auth", exchanges: [1] }),
      ],
    });
  expect(shown([calls("a"), calls("b"), calls("c")])).toMatch(
    /^Every call shows this, so read it first:\nmust {2}auth, in 3 cases\n/,
  );
});

it("does not say so where one call does not show it", () => {
  const one = result({
    outcome: "fail",
    exchanges: journal({}, {}),
    findings: [finding({ rule: "auth", exchanges: [1] })],
  });
  expect(shown([one])).not.toContain("Every call");
});

it("says first that no call came", () => {
  const silent = result({ id: "check.silent", outcome: "inconclusive", reason: "not one call" });
  expect(shown([failed("a", "x"), silent])).toMatch(/^Read this first: not one call\nmust /);
});

it("shows the last lines of a long output only", () => {
  const stdout = Array.from({ length: 50 }, (_, line) => `line ${line}`).join("\n");
  const long = [{ ...failed("a", "x"), output: { stdout, stderr: "" } }];
  expect(shown(long)).toContain("| line 47\n      | line 48\n      | line 49\n");
  expect(shown(long)).not.toContain("| line 46");
  expect(shown(long, {}, true)).toContain("| line 40");
  expect(shown(long, {}, true)).not.toContain("| line 39");
});

it("shows findings that do not count as well", () => {
  expect(shown([result({ findings: [finding({ severity: "info" })] })])).toMatch(
    /^info {2}acme\.one/,
  );
});

it.each(["inconclusive", "skipped"] as const)("gives the reason of what is %s once", (outcome) => {
  const why = { outcome, reason: "no such file" };
  expect(shown([result(why), result({ ...why, id: "b" })])).toContain(
    `${outcome}  acme.case.one (document)\n      no such file\n      also: b (document)\n`,
  );
});

it("shows a known failure in one line, and stale entries", () => {
  const text = shown([failed("a", "x"), result({ id: "b" })], {
    "a (document)": ["x"],
    "b (document)": ["x"],
  });
  expect(text).toContain("known  a (document)\n");
  expect(text).toContain("  b (document): x\n");
  expect(text).not.toContain("Do not do it.");
});

it("shows every call of what passed as well where it is asked to", () => {
  const text = shown([result({ exchanges: journal({}) })], {}, false, true);
  expect(text).toMatch(/^trace {2}acme\.case\.one \(document\): pass, 1 call\n {2}#1 /);
  expect(text).toMatch(SUM);
});
