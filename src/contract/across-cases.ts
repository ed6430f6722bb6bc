import { type Severity, severityOn } from "../core/basis.ts";
import type { ContractCase } from "../core/contract.ts";
import { type Broken, names } from "./promises.ts";
import { type CaseResult, outcomeOf } from "./result.ts";

/** A case, and how a client did in it. */
export interface Judged {
  readonly one: ContractCase;
  readonly result: CaseResult;
}

/** What only several cases together show about a client. Returns the results in the same order. */
export const acrossCases = (all: readonly Judged[], failOn: Severity): CaseResult[] =>
  all.map((own) => {
    const broken = missingReport(own, all) ?? sameWords(own, all);
    return broken === undefined ? own.result : withFinding(own, broken, failOn);
  });

/** A result with one more broken promise of its case. */
export function withFinding(
  { one, result }: Judged,
  { what, fix }: Broken,
  failOn: Severity,
): CaseResult {
  const finding = {
    rule: one.id,
    vendor: result.vendor,
    severity: severityOn(one.basis, one.severity),
    basis: one.basis,
    what,
    fix: one.fix ?? fix,
    source: one.source,
    exchanges: [],
  };
  const findings = [finding, ...result.findings];
  const { reason: _, ...rest } = result;
  return { ...rest, findings, outcome: outcomeOf(findings, failOn) };
}

/** If a client reports in other cases but not in one, it did not finish that one. */
function missingReport({ result }: Judged, all: readonly Judged[]): Broken | undefined {
  const { outcome, exchanges, report, vendor } = result;
  const isSuspect = (outcome === "pass" || outcome === "skipped") && exchanges.length > 0;
  if (!isSuspect || report !== undefined) return undefined;
  if (!all.some(({ result: other }) => other.vendor === vendor && other.report)) return undefined;
  return {
    what: "it reported in other cases, but not in this one",
    fix: "Report the outcome in every case, also in one that fails.",
  };
}

/** A client that says the same of different errors does not tell them apart, whichever words it uses. */
export function sameWords(own: Judged, all: readonly Judged[]): Broken | undefined {
  const words = wordsOf(own);
  if (words === undefined) return undefined;
  const status = own.one.says?.status;
  const other = all.find(
    (one) =>
      one.result.vendor === own.result.vendor &&
      one.one.says?.status !== status &&
      wordsOf(one) === words,
  );
  if (!other) return undefined;
  return {
    what: `it says the same of a ${status} as of a ${other.one.says?.status} (${other.one.id}): ${words.slice(0, 100)}`,
    fix: 'Put the status of the error into the report\'s "status", or the server\'s own text into its "reason".',
  };
}

/** The client's words for the error, if it must tell which one it got, and they are all that tells. */
function wordsOf({ one, result }: Judged): string | undefined {
  const status = one.says?.status;
  const { report, output, outcome } = result;
  if (!one.mustTell || status === undefined || outcome === "inconclusive") return undefined;
  if (report?.status === status) return undefined;
  const lines = [output.stdout, output.stderr].join("\n").split("\n");
  if (!report) return outcome === "pass" ? lines.join("\n").trim() : undefined;
  // Its log may tell, beside the report.
  const log = lines.filter((line) => !line.includes('"outcome"')).join("\n");
  return names(log, status) ? undefined : report.reason;
}
