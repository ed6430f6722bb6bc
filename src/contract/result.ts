import type { Finding, Severity } from "../core/contract.ts";
import type { Exchange } from "../core/journal/journal.ts";
import type { Dialect } from "../core/tenant.ts";
import type { ClientReport } from "./client-report.ts";

/** What became of a case, or of a rule over a whole run. */
export interface CaseResult {
  readonly id: string;
  readonly title: string;
  readonly vendor: string;
  readonly dialect: Dialect;
  /** `inconclusive` is never green: the kit could not do its part. */
  readonly outcome: "pass" | "fail" | "inconclusive";
  /** A pass may have some that do not count. */
  readonly findings: readonly Finding[];
  /** Of an `inconclusive` case. */
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

/** Whether findings of a severity make a case fail. */
export const counts = (severity: Severity, strict: boolean): boolean =>
  severity === "must" || (strict && severity === "should");

export const outcomeOf = (findings: readonly Finding[], strict: boolean): "pass" | "fail" =>
  findings.some(({ severity }) => counts(severity, strict)) ? "fail" : "pass";

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
