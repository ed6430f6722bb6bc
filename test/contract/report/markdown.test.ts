import { expect, it } from "vitest";
import { markdown } from "../../../src/contract/report/markdown.ts";
import { createReport } from "../../../src/contract/report/report.ts";
import type { CaseResult } from "../../../src/contract/result.ts";
import { failed, finding, relying, result, TERMS } from "../../support/results.ts";

const shown = (...results: CaseResult[]): string =>
  markdown(createReport(results, { ...TERMS, title: "fauxdr run" }));

it("is a heading and the sum where all is well", () => {
  expect(shown(result())).toBe(
    "## fauxdr run\n\nfauxdr: 1 passed, 0 failed, 0 skipped, 0 inconclusive; findings: 0 must, 0 should, 0 info\n\n",
  );
});

it("has a table, and lists of what the run relied on, of what is not served and of stale entries", () => {
  const exchanges = relying({ method: "GET", path: "/acme/things", what: "list things" });
  const results = [
    failed("a", "x"),
    failed("b", "x"),
    failed("c", "x"),
    result({ id: "k", outcome: "fail", findings: [finding({ rule: "known" })], exchanges }),
    result({ id: "s", outcome: "skipped", reason: "only others" }),
    result({ id: "t", outcome: "skipped", reason: "only others" }),
  ];
  const baseline = { "k (document)": ["known"], "gone (document)": ["x"] };
  const report = createReport(results, { ...TERMS, title: "fauxdr <run>", baseline });
  expect(markdown(report)).toBe(`## fauxdr &lt;run>

fauxdr: 0 passed, 3 failed, 1 known to fail, 2 skipped, 0 inconclusive; findings: 4 must, 0 should, 0 info

|  | Case | Rule | What is wrong |
| --- | --- | --- | --- |
| must | a (document) and 2 more | \`x\` | it did what it should not<br>Do not do it. |
| skipped | s (document) and 1 more |  | only others |
| known | k (document) |  |  |

Stale in the baseline:

- gone (document): there is no such case

Assumed replies that the run relied on:

- acme strike 200 (ok)

Calls that fauxdr does not serve:

- 1 × acme GET /acme/things (list things)
`);
});

it("shows only the first line of what is wrong", () => {
  const one = result({ outcome: "fail", findings: [finding({ what: "first\nsecond" })] });
  expect(shown(one)).toContain("| first<br>Do not do it. |");
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
  const text = shown(...many);
  expect(text).toContain("\n\n50 more are left out.\n");
  expect(text).toContain("`x199`");
  expect(text).not.toContain("`x200`");
});
