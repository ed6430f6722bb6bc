import { expect, it } from "vitest";
import { markdown } from "../../../src/contract/report/markdown.ts";
import { createReport } from "../../../src/contract/report/report.ts";
import type { CaseResult } from "../../../src/contract/result.ts";
import { failed, finding, result } from "../../support/results.ts";

const TERMS = {
  title: "fauxdr run",
  failOn: "must" as const,
  failOnAssumed: false,
  baseline: {},
  all: true,
};
const shown = (...results: CaseResult[]): string => markdown(createReport(results, TERMS));

it("is a heading and the sum where all is well", () => {
  expect(shown(result())).toBe(
    "## fauxdr run\n\nfauxdr: 1 passed, 0 failed, 0 skipped, 0 inconclusive; findings: 0 must, 0 should, 0 info\n\n",
  );
});

it("has a row for every cause", () => {
  expect(shown(failed("a", "x"))).toContain(
    "| must | a (document) | `x` | it did what it should not<br>Do not do it. |",
  );
});

it("has a row for what could not be tested", () => {
  expect(shown(result({ outcome: "inconclusive", reason: "no" }))).toContain(
    "| inconclusive | acme.case.one (document) |  | no |",
  );
});

it("lets no untrusted text end its cell or be markup", () => {
  const what = "a | b <script>alert(1)</script> & \u001b[31m";
  const [row] = shown(result({ outcome: "fail", findings: [finding({ what })] }))
    .split("\n")
    .filter((line) => line.startsWith("| must"));
  expect(row).toContain("a \\| b &lt;script>alert(1)&lt;/script> &amp; <br>");
});

it("leaves out what no reader would reach, and says so", () => {
  const many = Array.from({ length: 250 }, (_, index) => failed(`c${index}`, `x${index}`));
  expect(shown(...many)).toContain("50 more are left out.");
});
