import { type ClientOutcome, OUTCOMES } from "../core/contract.ts";
import type { Ended } from "./process.ts";

/** What a client says of its task in one JSON line on stdout. All but the outcome may be left out. */
export interface ClientReport {
  readonly outcome: ClientOutcome;
  readonly reason?: string;
  readonly status?: number;
  readonly actionId?: string;
}

/** Whether a client that says so ends with exit code 0. */
export const isGood = (outcome: ClientOutcome): boolean =>
  outcome === "accepted" || outcome === "completed";

/** The last line of stdout that is a client's report; nothing where it prints none, which is its right. */
export function reportIn(stdout: string): ClientReport | undefined {
  for (const line of stdout.split("\n").toReversed()) {
    if (!line.trimStart().startsWith("{")) continue;
    try {
      const value = JSON.parse(line) as Partial<ClientReport>;
      if (OUTCOMES.some((outcome) => outcome === value.outcome)) return value as ClientReport;
    } catch {
      // A log line of its own.
    }
  }
  return undefined;
}

/** What is wrong with how a client ended, measured by the outcomes that are right; nothing where it is right. */
export function wrongEnd(
  { exitCode, timedOut, notStarted, signal }: Ended,
  report: ClientReport | undefined,
  outcomes: readonly ClientOutcome[],
): string | undefined {
  if (notStarted !== undefined) return `it could not be started: ${notStarted}`;
  if (timedOut) return "it did not end within its time limit";
  if (exitCode === undefined) return `a signal ended it (${signal ?? "unknown"})`;
  if (report && !outcomes.includes(report.outcome)) {
    return `it said "${report.outcome}" where ${outcomes.join(" or ")} is right`;
  }
  const succeeded = exitCode === 0;
  // A report beside the exit code must agree with it: scripts look at the code alone.
  const meant = report ? [report.outcome] : outcomes;
  if (meant.some((outcome) => isGood(outcome) === succeeded)) return undefined;
  const { length } = meant.filter(isGood);
  return length > 0
    ? `it ended with exit code ${exitCode}, as if it had failed`
    : "it ended with exit code 0, as if it had worked";
}
