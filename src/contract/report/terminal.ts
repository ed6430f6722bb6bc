import type { Finding } from "../../core/contract.ts";
import { type UnservedCall, unservedLine } from "../../core/journal/unserved.ts";
import { resultName } from "../baseline.ts";
import { type AssumedReply, type CaseResult, SILENT } from "../result.ts";
import { type Cause, causeOfAll, causesOf, reasonsOf } from "./causes.ts";
import { printable, type Report, summary, wordFor } from "./report.ts";
import { traceLines } from "./trace.ts";

export interface ReportOptions {
  /** Every result with all its findings, also those that passed. */
  readonly verbose: boolean;
  /** Every call of every result. */
  readonly trace: boolean;
}

/** The report at the end of a run: the findings by cause, inconclusive and skipped results, then the counts. */
export function terminal(report: Report, { verbose, trace }: ReportOptions): string {
  const { results, stale, assumed, unserved } = report;
  const known = results.filter((result) => report.known.has(result));
  return [
    ...(trace ? results.flatMap(traceLines) : []),
    ...(verbose
      ? results.map((result) => resultLines(result, wordFor(result, report)))
      : [
          ...silentLines(report),
          ...causeLines(report),
          ...reasonLines(report, "inconclusive"),
          ...reasonLines(report, "skipped"),
          ...known.map((result) => resultLines(result, "known")),
        ]),
    ...(stale.length > 0
      ? [
          "stale: the baseline lists failures that did not occur; write it again",
          ...stale.map(indented),
        ]
      : []),
    ...(assumed.length > 0 ? assumedLines(assumed) : []),
    ...(unserved.length > 0
      ? [
          "calls that fauxdr does not serve; add them with --also:",
          ...unserved.map(unservedCallLine),
        ]
      : []),
    summary(report),
    "",
  ].join("\n");
}

const unservedCallLine = (call: UnservedCall): string => indented(printable(unservedLine(call)));

const indented = (line: string): string => `  ${line}`;

const WORDS = {
  pass: "pass",
  fail: "FAIL",
  known: "known",
  skipped: "skipped",
  inconclusive: "inconclusive",
} as const;

/** One line for a case that passed, a paragraph for one that did not. */
function resultLines(result: CaseResult, word: keyof typeof WORDS): string {
  const { outcome, findings, reason } = result;
  const lines = [`${WORDS[word]}  ${resultName(result)}`];
  if (reason !== undefined) lines.push(`      ${printable(reason)}`);
  if (word !== "known") lines.push(...findings.flatMap(findingLines));
  if (outcome !== "pass" && word !== "known") lines.push(...saidLines(result, MOST_LINES));
  return lines.join("\n");
}

const MOST_LINES = 10;

/** The last lines of what a client printed. */
const saidLines = ({ output }: CaseResult, most: number): string[] =>
  [output.stdout, output.stderr]
    .map((text) => text.trim())
    .filter((text) => text)
    .flatMap((text) => printable(text).split("\n").slice(-most))
    .map((line) => `      | ${line}`);

/** More exchanges show nothing new. */
const MOST_EXCHANGES = 5;

/** What is wrong, how to fix it, and the source. */
export function findingLines({
  severity,
  rule,
  what,
  exchanges,
  fix,
  basis,
  source,
}: Finding): string[] {
  return [
    `  ${severity}  ${rule}${shownBy(exchanges)}`,
    ...printable(what)
      .split("\n")
      .map((line) => `        ${line}`),
    `        fix: ${fix}`,
    `        ${basis}: ${source}`,
  ];
}

function shownBy(exchanges: readonly number[]): string {
  const named = exchanges.slice(0, MOST_EXCHANGES).map((id) => `#${id}`);
  const more = exchanges.length > MOST_EXCHANGES ? ["…"] : [];
  return named.length > 0 ? ` (${[...named, ...more].join(", ")})` : "";
}

/** If no call came at all, that is the cause of everything else. */
const silentLines = ({ results }: Report): string[] =>
  results.flatMap(({ id, reason }) =>
    id === SILENT && reason ? [`Read this first: ${reason}`] : [],
  );

/** Causes that are shown in full, causes that get one line, and the rest is counted. */
const MOST_CAUSES = 8;
const MOST_BRIEF = 20;
const MOST_NAMES = 3;

/** First the cause that all calls share, then each cause with its first example. */
function causeLines(report: Report): string[] {
  const causes = causesOf(report);
  const first = causeOfAll(report);
  const rest = causes.filter(({ name }) => name !== first?.name);
  const most = first ? 2 : MOST_CAUSES;
  const brief = rest.slice(most, most + MOST_BRIEF);
  const left = rest.length - most - brief.length;
  return [
    ...(first ? ["Every call shows this, so read it first:", ...fullCause(first)] : []),
    ...rest.slice(0, most).flatMap(fullCause),
    ...brief.map(({ severity, name, cases, findings }) => {
      const [one] = cases;
      return `${severity}  ${printable(name)}${inCases(cases, findings)}: ${one ? resultName(one) : ""}`;
    }),
    ...(left > 0 ? [`… and ${left} more causes: --verbose shows all`] : []),
  ];
}

function fullCause({ severity, name, cases, findings }: Cause): string[] {
  const [one] = cases;
  const [example] = findings;
  if (!one || !example) return [];
  const { rule, what, fix, basis, source, exchanges } = example;
  const lines = printable(what).split("\n");
  const isNamed = lines[0] === name;
  // If the result is a rule, the line above has its name.
  const isRule = one.id === rule && !isNamed;
  return [
    `${severity}  ${printable(name)}${inCases(cases, findings)}${isRule ? shownBy(exchanges) : ""}`,
    ...(isRule
      ? [`      ${lines[0]}`]
      : [`      ${resultName(one)}${shownBy(exchanges)}${isNamed ? "" : `: ${lines[0]}`}`]),
    ...lines.slice(1, 1 + MOST_LINES).map((line) => `      ${line}`),
    `      fix: ${fix}`,
    `      ${basis}: ${source}`,
    ...saidLines(one, 3),
    ...alsoLine(cases.slice(1).map(resultName)),
  ];
}

/** How often a cause occurred. Empty for once. */
function inCases(cases: readonly CaseResult[], findings: readonly Finding[]): string {
  if (cases.length > 1) return `, in ${cases.length} cases`;
  return findings.length > 1 ? `, ${findings.length} times` : "";
}

function alsoLine(names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const left = names.length - MOST_NAMES;
  const more = left > 0 ? ` and ${left} more (--verbose)` : "";
  return [`      also: ${names.slice(0, MOST_NAMES).join(", ")}${more}`];
}

function reasonLines(report: Report, outcome: "inconclusive" | "skipped"): string[] {
  const reasons = reasonsOf(report, outcome).filter(([, [first]]) => !first?.startsWith(SILENT));
  const most = MOST_CAUSES;
  return [
    ...reasons.slice(0, most).flatMap(([reason, [first = "", ...names]]) => [
      `${outcome}  ${first}`,
      ...printable(reason)
        .split("\n")
        .map((line) => `      ${line}`),
      ...alsoLine(names),
    ]),
    ...(reasons.length > most
      ? [`… and ${reasons.length - most} more reasons for ${outcome}: --verbose shows all`]
      : []),
  ];
}

const assumedLines = (assumed: readonly AssumedReply[]): string[] => [
  "this run relied on assumed replies; fauxdr ledger lists them:",
  ...assumed.map(({ vendor, operation, status, cause }) =>
    indented(`${vendor} ${operation} ${status} (${cause})`),
  ),
];
