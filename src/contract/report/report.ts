import type { Severity } from "../../core/basis.ts";
import { type Baseline, measure } from "../baseline.ts";
import { type CaseResult, type Leaned, leanedOn, type Outcome } from "../result.ts";

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
  /** 0: passed. 1: something failed. 2: nothing failed, and something could not be told. */
  readonly exitCode: 0 | 1 | 2;
}

export interface Terms {
  readonly title: string;
  readonly failOn: Severity;
  readonly failOnAssumed: boolean;
  readonly baseline: Baseline;
  /** No case was left out. */
  readonly all: boolean;
}

/** What cannot be told is never green, and where no case ran nothing can be told; a failure is one in any case. */
export function createReport(results: readonly CaseResult[], terms: Terms): Report {
  const { title, failOnAssumed, baseline } = terms;
  const { known, stale } = measure(results, baseline, terms);
  const assumed = leanedOn(results.flatMap(({ exchanges }) => exchanges));
  const isUntold =
    results.every(({ outcome }) => outcome === "skipped") ||
    results.some(({ outcome }) => outcome === "inconclusive");
  const hasFailed =
    results.some((result) => result.outcome === "fail" && !known.has(result)) ||
    stale.length > 0 ||
    (failOnAssumed && assumed.length > 0);
  const exitCode = hasFailed ? 1 : isUntold ? 2 : 0;
  return { title, results, known, stale, assumed, exitCode };
}

/** The word for a result: `known` is a failure that the baseline lists. */
export const wordFor = (result: CaseResult, { known }: Pick<Report, "known">): Outcome | "known" =>
  known.has(result) ? "known" : result.outcome;

/** How many results of each outcome there are, and how many findings of each severity. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly known: number;
  readonly skipped: number;
  readonly inconclusive: number;
  readonly must: number;
  readonly should: number;
  readonly info: number;
}

export function countsOf(report: Pick<Report, "results" | "known">): Counts {
  const { results } = report;
  const count = (word: ReturnType<typeof wordFor>): number =>
    results.filter((result) => wordFor(result, report) === word).length;
  const graded = (severity: Severity): number =>
    results.flatMap(({ findings }) => findings).filter((one) => one.severity === severity).length;
  return {
    passed: count("pass"),
    failed: count("fail"),
    known: count("known"),
    skipped: count("skipped"),
    inconclusive: count("inconclusive"),
    must: graded("must"),
    should: graded("should"),
    info: graded("info"),
  };
}

/** `fauxdr: 12 passed, 1 failed, 0 skipped, 0 inconclusive; findings: 1 must, 0 should, 2 info` */
export function summary(report: Pick<Report, "results" | "known">): string {
  const { passed, failed, known, skipped, inconclusive, ...graded } = countsOf(report);
  const cases = [
    `${passed} passed`,
    `${failed} failed`,
    ...(known > 0 ? [`${known} known to fail`] : []),
    `${skipped} skipped`,
    `${inconclusive} inconclusive`,
  ];
  const findings = Object.entries(graded).map(([severity, count]) => `${count} ${severity}`);
  return `fauxdr: ${cases.join(", ")}; findings: ${findings.join(", ")}`;
}

const ESCAPE = String.fromCharCode(27);
const COLOUR = new RegExp(`${ESCAPE}\\[[\\d;?]*[A-Za-z]`, "g");

/** A stranger's text without what moves a cursor or is no character of XML; tabs and line ends stay. */
export const printable = (text: string): string =>
  text.replace(COLOUR, "").replace(/(?![\t\n])\p{Cc}|[\ufffe\uffff]/gu, "");
