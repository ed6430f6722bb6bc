import { compareSeverity, type Severity } from "../core/basis.ts";
import type { Finding } from "../core/contract.ts";
import type { Exchange } from "../core/journal/journal.ts";
import type { WireForm } from "../core/tenant.ts";
import type { ClientReport } from "./client-report.ts";

/**
 * `inconclusive` is never green: the kit saw nothing, or failed itself. `skipped`: the case does not apply to this
 * client.
 */
export type Outcome = "pass" | "fail" | "inconclusive" | "skipped";

/** The result of a case, or of a rule for a whole run. */
export interface CaseResult {
  readonly id: string;
  readonly title: string;
  readonly vendor: string;
  readonly wire: WireForm;
  readonly outcome: Outcome;
  /** A passed case may have findings of lower severity. */
  readonly findings: readonly Finding[];
  /** Why it is `inconclusive` or `skipped`. */
  readonly reason?: string;
  /** The client's report, if it made one. */
  readonly report?: ClientReport;
  readonly exchanges: readonly Exchange[];
  /** For a probe: the shape of the reply, without its values. */
  readonly shape?: unknown;
  /** The client's output, without secrets. */
  readonly output: { readonly stdout: string; readonly stderr: string };
  readonly durationMs: number;
}

/** Whether a finding of this severity makes a case fail. */
export const counts = (severity: Severity, failOn: Severity): boolean =>
  compareSeverity(severity, failOn) <= 0;

export const outcomeOf = (findings: readonly Finding[], failOn: Severity): "pass" | "fail" =>
  findings.some(({ severity }) => counts(severity, failOn)) ? "fail" : "pass";

/** A reply that fauxdr only assumes to be the vendor's. */
export interface AssumedReply {
  readonly vendor: string;
  readonly operation: string;
  readonly status: number;
  readonly cause: string;
}

/** The assumed replies that exchanges relied on, each once. Replies of faults do not count. */
export function assumedIn(exchanges: readonly Exchange[]): AssumedReply[] {
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
  return [...texts].toSorted().map((text) => JSON.parse(text) as AssumedReply);
}

/** The id of the result that says that no call came. */
export const SILENT = "check.silent";
