import { expect, it } from "vitest";
import { createReport } from "../../../src/contract/report/report.ts";
import { terminal } from "../../../src/contract/report/terminal.ts";
import type { CaseResult } from "../../../src/contract/result.ts";
import { failed, finding, result } from "../../support/results.ts";

const shown = (results: readonly CaseResult[], baseline = {}, verbose = false): string =>
  terminal(
    createReport(results, { title: "t", strict: false, failOnAssumed: false, baseline, all: true }),
    { verbose },
  );

it("says nothing but the sum where all is well", () => {
  expect(shown([result()])).toBe("1 passed, 0 failed, 0 inconclusive\n");
});

it("names what passed where it is asked to", () => {
  expect(shown([result()], {}, true)).toContain("pass  acme.case.one (documented)\n");
});

it("tells of a failure what is wrong, how to fix it, where it is written, and what the client said", () => {
  const one = result({
    outcome: "fail",
    findings: [finding({ exchanges: [1, 2, 3, 4, 5, 6], what: "first\nsecond" })],
    output: { stdout: "a word\n", stderr: "" },
  });
  expect(shown([one])).toBe(`FAIL  acme.case.one (documented)
  must  acme.one (#1, #2, #3, #4, #5, …)
        first
        second
        Do not do it.
        documented: A document
      | a word
0 passed, 1 failed, 0 inconclusive
`);
});

it("shows the last lines of a long output only", () => {
  const stdout = Array.from({ length: 50 }, (_, line) => `line ${line}`).join("\n");
  const text = shown([{ ...failed("a", "x"), output: { stdout, stderr: "" } }]);
  expect(text).toContain("| line 49");
  expect(text).toContain("| line 40");
  expect(text).not.toContain("| line 39");
});

it("shows findings that do not count as well", () => {
  expect(shown([result({ findings: [finding({ severity: "info" })] })])).toContain(
    "  info  acme.one",
  );
});

it("gives the reason of what could not be tested", () => {
  expect(shown([result({ outcome: "inconclusive", reason: "no such file" })])).toContain(
    "UNTESTABLE  acme.case.one (documented)\n      no such file",
  );
});

it("tells a known failure in one line, and what is stale", () => {
  const text = shown([failed("a", "x"), result({ id: "b" })], {
    "a (documented)": ["x"],
    "b (documented)": ["x"],
  });
  expect(text).toContain("known  a (documented)\n");
  expect(text).toContain("  b (documented): x\n");
  expect(text).not.toContain("Do not do it.");
});
