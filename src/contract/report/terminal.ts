import type { Finding } from "../../core/contract.ts";
import { nameOf } from "../baseline.ts";
import type { CaseResult, Leaned } from "../result.ts";
import { printable, type Report, summary, wordFor } from "./report.ts";

const WORDS = { pass: "pass", fail: "FAIL", known: "known", inconclusive: "UNTESTABLE" } as const;

/** What is to be read at the end: everything that did not pass or has findings, then the sum. */
export function terminal(report: Report, { verbose }: { readonly verbose: boolean }): string {
  const { results, stale, assumed } = report;
  const shown = results.filter(
    (result) => verbose || result.outcome !== "pass" || result.findings.length > 0,
  );
  return [
    ...shown.map((result) => resultLines(result, wordFor(result, report))),
    ...(stale.length > 0
      ? ["stale: the baseline lists what does not fail; write it anew", ...stale.map(indented)]
      : []),
    ...(assumed.length > 0 ? assumedLines(assumed) : []),
    summary(report),
    "",
  ].join("\n");
}

const indented = (line: string): string => `  ${line}`;

/** One line for a case that passed, a paragraph for one that did not. */
function resultLines(result: CaseResult, word: keyof typeof WORDS): string {
  const { outcome, findings, reason, output } = result;
  const lines = [`${WORDS[word]}  ${nameOf(result)}`];
  if (reason !== undefined) lines.push(`      ${printable(reason)}`);
  if (word !== "known") lines.push(...findings.flatMap(findingLines));
  if (outcome !== "pass" && word !== "known") {
    const said = [output.stdout, output.stderr].map((text) => text.trim()).filter((text) => text);
    lines.push(...said.flatMap((text) => tail(text).map((line) => `      | ${line}`)));
  }
  return lines.join("\n");
}

const MOST_LINES = 10;

const tail = (text: string): string[] => printable(text).split("\n").slice(-MOST_LINES);

/** More exchanges than these show nothing new. */
const MOST_EXCHANGES = 5;

/** What is wrong, how to fix it, and where that is written. */
export function findingLines({
  severity,
  rule,
  what,
  exchanges,
  fix,
  basis,
  source,
}: Finding): string[] {
  const named = exchanges.slice(0, MOST_EXCHANGES).map((id) => `#${id}`);
  const more = exchanges.length > MOST_EXCHANGES ? ["…"] : [];
  const where = named.length > 0 ? ` (${[...named, ...more].join(", ")})` : "";
  return [
    `  ${severity}  ${rule}${where}`,
    ...printable(what)
      .split("\n")
      .map((line) => `        ${line}`),
    `        ${fix}`,
    `        ${basis}: ${source}`,
  ];
}

const assumedLines = (assumed: readonly Leaned[]): string[] => [
  "replies that rest on an assumption; fauxdr ledger tells which there are:",
  ...assumed.map(({ vendor, operation, status, cause }) =>
    indented(`${vendor} ${operation} ${status} (${cause})`),
  ),
];
