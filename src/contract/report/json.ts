import { type Report, wordFor } from "./report.ts";

/** Everything that a report knows, for machines; the exchanges are those of the results that did not pass. */
export function json(report: Report): string {
  const { title, exitCode, stale, assumed, results } = report;
  const rows = results.map((result) => {
    const { exchanges, ...row } = result;
    const outcome = wordFor(result, report);
    return { ...row, outcome, ...(outcome !== "pass" && { exchanges }) };
  });
  return `${JSON.stringify({ title, exitCode, results: rows, stale, assumed }, undefined, 2)}\n`;
}
