import type { CaseResult } from "../../src/contract/result.ts";
import type { Finding } from "../../src/core/contract.ts";

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

/** A result that fails by these rules. */
export const failed = (id: string, ...rules: string[]): CaseResult =>
  result({ id, outcome: "fail", findings: rules.map((rule) => finding({ rule })) });
