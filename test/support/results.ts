import type { Terms } from "../../src/contract/report/report.ts";
import type { CaseResult } from "../../src/contract/result.ts";
import type { Finding } from "../../src/core/contract.ts";
import type { Exchange } from "../../src/core/journal/journal.ts";
import { journal } from "./journals.ts";

export const finding = (rest: Partial<Finding> = {}): Finding => ({
  rule: "acme.one",
  vendor: "acme",
  severity: "must",
  what: "it did what it should not",
  fix: "Do not do it.",
  basis: "documented",
  source: "A document",
  exchanges: [],
  ...rest,
});

export const result = (rest: Partial<CaseResult> = {}): CaseResult => ({
  id: "acme.case.one",
  title: "It does what it should",
  vendor: "acme",
  wire: "document",
  outcome: "pass",
  findings: [],
  exchanges: [],
  output: { stdout: "", stderr: "" },
  durationMs: 12,
  ...rest,
});

/** Settings of a report that shows everything. */
export const TERMS: Terms = {
  title: "t",
  failOn: "must",
  failOnAssumed: false,
  baseline: {},
  all: true,
};

/** What is wrong with a client that should have no flaw: findings that count, and cases that could not be tested. */
export const faultsIn = (results: readonly CaseResult[]): string[] =>
  results.flatMap(({ id, outcome, reason, findings }) => [
    ...(outcome === "inconclusive" ? [`${id}: inconclusive, ${reason}`] : []),
    ...findings
      .filter(({ severity }) => severity !== "info")
      .map(({ rule, what }) => `${id}: ${rule}: ${what}`),
  ]);

/** A result that fails by these rules. */
export const failed = (id: string, ...rules: string[]): CaseResult =>
  result({ id, outcome: "fail", findings: rules.map((rule) => finding({ rule })) });

/** A call with a reply that is only assumed, and a call that fauxdr does not serve. */
export function relying(
  unserved: Readonly<Record<"method" | "path" | "what", string>>,
): Exchange[] {
  const known = { basis: "documented", source: "A document" } as const;
  const refusal = { kind: "not-served", ...known, ...unserved } as const;
  return journal({ basis: "assumed" }, { refusal });
}
