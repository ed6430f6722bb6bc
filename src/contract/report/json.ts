import { curlOf } from "../../core/journal/curl.ts";
import { countsOf, type Report, wordFor } from "./report.ts";

/**
 * The whole report, for machines. It has the exchanges of results that did not pass. With `trace` it has all exchanges,
 * each with a command that repeats the call.
 */
export function jsonReport(report: Report, { trace = false } = {}): string {
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
