import { type ClientOutcome, OUTCOMES } from "../core/contract.ts";
import type { Ended } from "./process.ts";

/** A client's report on its task: one JSON line on stdout. Only the outcome is required. */
export interface ClientReport {
  readonly outcome: ClientOutcome;
  readonly reason?: string;
  readonly status?: number;
  readonly actionId?: string;
}

/** Whether a client with this outcome must end with exit code 0. */
export const isGood = (outcome: ClientOutcome): boolean =>
  outcome === "accepted" || outcome === "completed";

/** The last report on stdout. Undefined if there is none: a client need not report. */
export function reportIn(stdout: string): ClientReport | undefined {
  for (const line of stdout.split("\n").toReversed()) {
    if (!line.trimStart().startsWith("{")) continue;
    try {
      const value = JSON.parse(line) as Partial<ClientReport>;
      if (OUTCOMES.some((outcome) => outcome === value.outcome)) return value as ClientReport;
    } catch {
      // A line of the client's log.
    }
  }
  return undefined;
}

/** What is wrong with a client's end, if only these outcomes are correct. Undefined if nothing is. */
export function wrongEnd(
  { exitCode, timedOut, notStarted, signal }: Ended,
  report: ClientReport | undefined,
  outcomes: readonly ClientOutcome[],
): string | undefined {
  if (notStarted !== undefined) return `it could not be started: ${notStarted}`;
  if (timedOut) return "it did not end within its time limit";
  if (exitCode === undefined) return `a signal ended it (${signal ?? "unknown"})`;
  if (report && !outcomes.includes(report.outcome)) {
    return `it reported "${report.outcome}" instead of ${outcomes.join(" or ")}`;
  }
  const succeeded = exitCode === 0;
  // A report must agree with the exit code, because scripts only check the code.
  const meant = report ? [report.outcome] : outcomes;
  if (meant.some((outcome) => isGood(outcome) === succeeded)) return undefined;
  const { length } = meant.filter(isGood);
  return length > 0
    ? `it ended with exit code ${exitCode}, as if it had failed`
    : "it ended with exit code 0, as if it had worked";
}
