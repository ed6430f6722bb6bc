import { type Baseline, measure } from "../baseline.ts";
import { type CaseResult, type Leaned, leanedOn } from "../result.ts";

/** What a run came to: the same for the terminal and for every file. */
export interface Report {
  /** The command line that was typed. */
  readonly title: string;
  readonly results: readonly CaseResult[];
  /** Failures that the baseline lists. */
  readonly known: ReadonlySet<CaseResult>;
  /** What the baseline lists and did not fail. */
  readonly stale: readonly string[];
  /** The replies that rested on an assumption. */
  readonly assumed: readonly Leaned[];
  /** 0 passed, 1 findings, 2 could not be told. */
  readonly exitCode: 0 | 1 | 2;
}

export interface Terms {
  readonly title: string;
  readonly strict: boolean;
  readonly failOnAssumed: boolean;
  readonly baseline: Baseline;
  /** No case was left out. */
  readonly all: boolean;
}

/** What cannot be told is never green, and no results at all are nothing that can be told. */
export function createReport(results: readonly CaseResult[], terms: Terms): Report {
  const { title, failOnAssumed, baseline } = terms;
  const { known, stale } = measure(results, baseline, terms);
  const assumed = leanedOn(results.flatMap(({ exchanges }) => exchanges));
  const isUntold =
    results.length === 0 || results.some(({ outcome }) => outcome === "inconclusive");
  const hasFailed =
    results.some((result) => result.outcome === "fail" && !known.has(result)) ||
    stale.length > 0 ||
    (failOnAssumed && assumed.length > 0);
  const exitCode = isUntold ? 2 : hasFailed ? 1 : 0;
  return { title, results, known, stale, assumed, exitCode };
}

/** The word for a result: `known` is a failure that the baseline lists. */
export const wordFor = (
  result: CaseResult,
  { known }: Pick<Report, "known">,
): "pass" | "fail" | "known" | "inconclusive" => (known.has(result) ? "known" : result.outcome);

/** `12 passed, 1 failed, 1 known, 0 inconclusive` */
export function summary(report: Pick<Report, "results" | "known">): string {
  const count = (word: string): number =>
    report.results.filter((result) => wordFor(result, report) === word).length;
  const known = count("known");
  return [
    `${count("pass")} passed`,
    `${count("fail")} failed`,
    ...(known > 0 ? [`${known} known to fail`] : []),
    `${count("inconclusive")} inconclusive`,
  ].join(", ");
}

const ESCAPE = String.fromCharCode(27);
const COLOUR = new RegExp(`${ESCAPE}\\[[\\d;?]*[A-Za-z]`, "g");

/** A stranger's text without what moves a cursor or is no character of XML; tabs and line ends stay. */
export const printable = (text: string): string =>
  text.replace(COLOUR, "").replace(/(?![\t\n])\p{Cc}|[\ufffe\uffff]/gu, "");
