import { compareSeverity, type Severity } from "../../core/basis.ts";
import type { Finding } from "../../core/contract.ts";
import { resultName } from "../baseline.ts";
import type { CaseResult } from "../result.ts";
import { type Report, wordFor } from "./report.ts";

/** Findings with one cause, in the order of the results. */
export interface Cause {
  readonly severity: Severity;
  /** The rule. For promises of cases: what is wrong, because many cases share that. */
  readonly name: string;
  readonly cases: readonly CaseResult[];
  readonly findings: readonly Finding[];
}

/** The findings of a report by cause: the most severe first, then those that most cases share. */
export function causesOf(report: Pick<Report, "results" | "known">): readonly Cause[] {
  const causes = new Map<string, { cases: Set<CaseResult>; findings: Finding[] }>();
  for (const result of report.results) {
    if (wordFor(result, report) === "known") continue;
    for (const finding of result.findings) {
      const key = JSON.stringify([finding.severity, nameIn(result, finding)]);
      const cause = causes.get(key) ?? { cases: new Set(), findings: [] };
      cause.cases.add(result);
      cause.findings.push(finding);
      causes.set(key, cause);
    }
  }
  return [...causes]
    .map(([key, { cases, findings }]): Cause => {
      const [severity, name] = JSON.parse(key) as [Severity, string];
      return { severity, name, cases: [...cases], findings };
    })
    .toSorted((a, b) => compareSeverity(a.severity, b.severity) || weight(b) - weight(a));
}

const weight = ({ cases, findings }: Cause): number => 1000 * cases.length + findings.length;

/** A finding of a rule names the calls that break it. A finding of a case's own promise only says what is wrong. */
const nameIn = ({ id }: CaseResult, { rule, exchanges, what }: Finding): string =>
  rule === id && exchanges.length === 0 ? (what.split("\n")[0] ?? "") : rule;

/** The cause that every call shows, to be reported first. Undefined without one, and for a single call. */
export function causeOfAll(report: Pick<Report, "results" | "known">): Cause | undefined {
  const calls = new Set(report.results.flatMap(({ exchanges }) => exchanges));
  if (calls.size < 2) return undefined;
  return causesOf(report).find(({ severity, findings, cases }) => {
    if (severity !== "must") return false;
    const rules = new Set(findings.map(({ rule }) => rule));
    const shown = cases.flatMap((result) => {
      const ids = new Set(
        result.findings.filter(({ rule }) => rules.has(rule)).flatMap(({ exchanges }) => exchanges),
      );
      return result.exchanges.filter(({ id }) => ids.has(id));
    });
    return new Set(shown).size === calls.size;
  });
}

/** Inconclusive or skipped results, by their reason. */
export function reasonsOf(
  { results }: Pick<Report, "results">,
  outcome: "inconclusive" | "skipped",
): readonly (readonly [reason: string, names: readonly string[]])[] {
  const reasons = new Map<string, string[]>();
  for (const result of results.filter((one) => one.outcome === outcome)) {
    const { reason = "" } = result;
    reasons.set(reason, [...(reasons.get(reason) ?? []), resultName(result)]);
  }
  return [...reasons].toSorted(([, a], [, b]) => b.length - a.length);
}
