import { countsOf, type Report, wordFor } from "./report.ts";
import { curlOf } from "./trace.ts";

/**
 * Everything that a report knows, for machines. The exchanges are those of the results that did not pass; with `trace`
 * those of all, each with the command that makes the call again.
 */
export function json(report: Report, { trace = false } = {}): string {
  const { title, exitCode, stale, assumed, results } = report;
  const rows = results.map((result) => {
    const { exchanges, ...row } = result;
    const outcome = wordFor(result, report);
    const calls = trace
      ? exchanges.map((exchange) => ({ ...exchange, curl: curlOf(exchange) }))
      : exchanges;
    return { ...row, outcome, ...((trace || outcome !== "pass") && { exchanges: calls }) };
  });
  const counts = countsOf(report);
  const value = { title, exitCode, counts, results: rows, stale, assumed };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
