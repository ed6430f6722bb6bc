import { describe, expect, it } from "vitest";
import { createReport, printable, summary } from "../../../src/contract/report/report.ts";
import { journal } from "../../support/journals.ts";
import { failed, finding, result } from "../../support/results.ts";

const TERMS = {
  title: "t",
  failOn: "must" as const,
  failOnAssumed: false,
  baseline: {},
  all: true,
};
const untold = result({ id: "u", outcome: "inconclusive", reason: "no" });
const skipped = result({ id: "s", outcome: "skipped", reason: "only for others" });
const leaning = result({
  exchanges: journal({}).map((exchange) => ({
    ...exchange,
    reply: { ...exchange.reply, basis: "assumed" } as never,
  })),
});

describe("the exit code", () => {
  it.each<[string, Parameters<typeof createReport>, number]>([
    ["all passed", [[result()], TERMS], 0],
    [
      "a finding that does not count",
      [[result({ findings: [finding({ severity: "should" })] })], TERMS],
      0,
    ],
    ["one failed", [[result(), failed("a", "x")], TERMS], 1],
    ["nothing ran", [[], TERMS], 2],
    ["one could not be tested", [[result(), untold], TERMS], 2],
    ["one failed and one could not be tested", [[failed("a", "x"), untold], TERMS], 1],
    ["all were skipped", [[skipped], TERMS], 2],
    ["one passed and one was skipped", [[result(), skipped], TERMS], 0],
    ["a known failure", [[failed("a", "x")], { ...TERMS, baseline: { "a (document)": ["x"] } }], 0],
    [
      "a stale entry",
      [[result()], { ...TERMS, baseline: { "acme.case.one (document)": ["x"] } }],
      1,
    ],
    ["an assumption that nobody asked for", [[leaning], TERMS], 0],
    ["no assumption where none may be", [[result()], { ...TERMS, failOnAssumed: true }], 0],
    ["an assumption that was asked for", [[leaning], { ...TERMS, failOnAssumed: true }], 1],
  ])("%s", (_, given, exitCode) => {
    expect(createReport(...given).exitCode).toBe(exitCode);
  });
});

it("names each assumption once, and none that a fault made", () => {
  const faulted = {
    ...leaning,
    exchanges: leaning.exchanges.map((exchange) => ({
      ...exchange,
      operation: "other",
      fault: { rule: "f", kind: "refusal", effect: false } as const,
    })),
  };
  expect(createReport([leaning, leaning, faulted], TERMS).assumed).toEqual([
    { vendor: "acme", operation: "strike", status: 200, cause: "ok" },
  ]);
});

it("counts results by outcome, and findings by severity", () => {
  const slight = [finding({ severity: "should" }), finding({ severity: "info" })];
  const passed = result({ findings: slight });
  const results = [passed, failed("a", "x"), failed("b", "x"), untold, skipped];
  const baseline = { "a (document)": ["x"] };
  expect(summary(createReport(results, { ...TERMS, baseline }))).toBe(
    "fauxdr: 1 passed, 1 failed, 1 known to fail, 1 skipped, 1 inconclusive; findings: 2 must, 1 should, 1 info",
  );
});

it("does not speak of known failures where there are none", () => {
  expect(summary(createReport([result()], TERMS))).toBe(
    "fauxdr: 1 passed, 0 failed, 0 skipped, 0 inconclusive; findings: 0 must, 0 should, 0 info",
  );
});

it("keeps what moves a cursor from the reader's terminal", () => {
  expect(printable("a\u001b[31mred\u001b[0m\u0007\r\n\tb\u0000\u009b")).toBe("ared\n\tb");
});
