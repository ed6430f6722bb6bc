import { expect, it } from "vitest";
import { createReport } from "../../../src/contract/report/report.ts";
import { terminal } from "../../../src/contract/report/terminal.ts";
import type { CaseResult } from "../../../src/contract/result.ts";
import { journal } from "../../support/journals.ts";
import { failed, finding, relying, result } from "../../support/results.ts";

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

it("gives the whole report of every result where it is asked to", () => {
  const output = { stdout: "out\n", stderr: " err" };
  const wrong = [finding({ what: "a\nb", exchanges: [1, 2] })];
  const exchanges = relying({ method: "GET", path: "/acme/things", what: "list things" });
  const results = [
    result({ findings: [finding({ severity: "info" })], output }),
    result({ id: "bad", outcome: "fail", findings: wrong, output, exchanges }),
    result({ id: "open", outcome: "inconclusive", reason: "no call", output }),
    { ...failed("known", "x"), output },
  ];
  const baseline = { "known (document)": ["x"], "gone (document)": ["x"] };
  expect(shown(results, baseline, true)).toBe(`pass  acme.case.one (document)
  info  acme.one
        it did what it should not
        fix: Do not do it.
        documented: A document
FAIL  bad (document)
  must  acme.one (#1, #2)
        a
        b
        fix: Do not do it.
        documented: A document
      | out
      | err
inconclusive  open (document)
      no call
      | out
      | err
known  known (document)
stale: the baseline lists failures that did not occur; write it again
  gone (document): there is no such case
this run relied on assumed replies; fauxdr ledger lists them:
  acme strike 200 (ok)
calls that fauxdr does not serve; add them with --also:
  1 × acme GET /acme/things (list things)
fauxdr: 1 passed, 1 failed, 1 known to fail, 0 skipped, 1 inconclusive; findings: 2 must, 0 should, 1 info
`);
});

it("names at most five calls", () => {
  const calls = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
  const text = (count: number) =>
    shown([result({ findings: [finding({ exchanges: calls(count) })] })]);
  expect(text(5)).toContain("(#1, #2, #3, #4, #5)");
  expect(text(6)).toContain("(#1, #2, #3, #4, #5, …)");
});

it("shows a finding of a rule's own result by its calls, without the result's name", () => {
  const one = result({
    id: "auth",
    outcome: "fail",
    findings: [
      finding({ rule: "auth", exchanges: [1] }),
      finding({ rule: "auth", exchanges: [2] }),
    ],
  });
  expect(shown([one])).toMatch(
    /^must {2}auth, 2 times \(#1\)\n {6}it did what it should not\n {6}fix: /,
  );
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

it("shows all causes in full, or in a line each, as long as they are few", () => {
  const some = (count: number) =>
    shown(Array.from({ length: count }, (_, index) => failed(`c${index}`, `rule${index}`)));
  expect(some(8).match(/fix:/g)).toHaveLength(8);
  expect(some(9)).toContain("must  rule8: c8 (document)\n");
  expect(some(28)).not.toContain("more causes");
  expect(some(29)).toContain("… and 1 more causes: --verbose shows all\n");
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

it("shows two more causes in full beside one of every call", () => {
  const calls = (id: string, ...rules: string[]) =>
    result({
      id,
      outcome: "fail",
      exchanges: journal({}),
      findings: [
        finding({ rule: "auth", exchanges: [1] }),
        ...rules.map((rule) => finding({ rule })),
      ],
    });
  const text = shown([calls("a", "x", "y", "z"), calls("b")]);
  expect(text).toMatch(/^Every call shows this, so read it first:\nmust {2}auth, in 2 cases\n/);
  expect(text.match(/must {2}auth/g)).toHaveLength(1);
  expect(text.match(/fix:/g)).toHaveLength(3);
  expect(text).toContain("must  z: a (document)\n");
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
  const text = shown([failed("a", "x"), silent, result({ outcome: "skipped", reason: "other" })]);
  expect(text).toMatch(/^Read this first: not one call\nmust /);
  expect(text).toContain("\nskipped  acme.case.one (document)\n      other\n");
  expect(text).not.toContain("inconclusive  ");
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

it("gives at most eight reasons, and counts the rest", () => {
  const some = (count: number) =>
    shown(
      Array.from({ length: count }, (_, index) =>
        result({ id: `s${index}`, outcome: "skipped", reason: `reason ${index}` }),
      ),
    );
  expect(some(8)).not.toContain("more reasons");
  expect(some(10)).toContain("… and 2 more reasons for skipped: --verbose shows all\n");
  expect(some(10)).toContain("reason 7");
  expect(some(10)).not.toContain("reason 8");
});

it("names three more cases of a cause", () => {
  const text = (count: number) =>
    shown(Array.from({ length: count }, (_, index) => failed(`c${index}`, "x")));
  expect(text(4)).toContain("also: c1 (document), c2 (document), c3 (document)\n");
  expect(text(5)).toContain("c3 (document) and 1 more (--verbose)\n");
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
