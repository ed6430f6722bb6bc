import type { Severity } from "../core/basis.ts";
import type { Finding } from "../core/contract.ts";
import type { Exchange } from "../core/journal/journal.ts";
import type { WireForm } from "../core/tenant.ts";
import type { ClientReport } from "./client-report.ts";

/**
 * `inconclusive` is never green: the kit saw nothing, or could not do its part. `skipped`: the case is not about clients
 * of this kind.
 */
export type Outcome = "pass" | "fail" | "inconclusive" | "skipped";

/** What became of a case, or of a rule over a whole run. */
export interface CaseResult {
  readonly id: string;
  readonly title: string;
  readonly vendor: string;
  readonly wire: WireForm;
  readonly outcome: Outcome;
  /** A pass may have some that do not count. */
  readonly findings: readonly Finding[];
  /** Why it is `inconclusive` or `skipped`. */
  readonly reason?: string;
  /** What the client said, where it said something. */
  readonly report?: ClientReport;
  readonly exchanges: readonly Exchange[];
  /** Of a probe: what the reply was made of, without its values. */
  readonly shape?: unknown;
  /** What the client wrote, without secrets. */
  readonly output: { readonly stdout: string; readonly stderr: string };
  readonly durationMs: number;
}

const RANK: Readonly<Record<Severity, number>> = { must: 0, should: 1, info: 2 };

/** Whether findings of a severity make a case fail, where those of `failOn` and graver ones do. */
export const counts = (severity: Severity, failOn: Severity): boolean =>
  RANK[severity] <= RANK[failOn];

export const outcomeOf = (findings: readonly Finding[], failOn: Severity): "pass" | "fail" =>
  findings.some(({ severity }) => counts(severity, failOn)) ? "fail" : "pass";

/** A reply that rests on an assumption of fauxdr's. */
export interface Leaned {
  readonly vendor: string;
  readonly operation: string;
  readonly status: number;
  readonly cause: string;
}

/** The assumptions that exchanges leaned on, each once; what a fault made up is none. */
export function leanedOn(exchanges: readonly Exchange[]): Leaned[] {
  const found = exchanges.flatMap(({ vendor, operation, fault, reply }) =>
    vendor && reply?.basis === "assumed" && !fault
      ? [
          {
            vendor,
            operation: operation ?? "(unmatched)",
            status: reply.status,
            cause: reply.cause,
          },
        ]
      : [],
  );
  const texts = new Set(found.map((one) => JSON.stringify(one)));
  return [...texts].toSorted().map((text) => JSON.parse(text) as Leaned);
}

/** The result that says that not one call came. */
export const SILENT = "check.silent";
