import type { Severity } from "../../core/basis.ts";
import { type UnservedCall, unservedCalls } from "../../core/journal/unserved.ts";
import { type Baseline, measure } from "../baseline.ts";
import { type AssumedReply, assumedIn, type CaseResult, type Outcome } from "../result.ts";

/** The results of a run. The terminal and all files show the same. */
export interface Report {
  /** The command line that was typed. */
  readonly title: string;
  readonly results: readonly CaseResult[];
  /** Failures that the baseline lists. */
  readonly known: ReadonlySet<CaseResult>;
  /** Listed failures that did not occur. */
  readonly stale: readonly string[];
  /** The replies that are only assumed to be the vendor's. */
  readonly assumed: readonly AssumedReply[];
  /** The calls that fauxdr does not serve. A user may add them with --also. */
  readonly unserved: readonly UnservedCall[];
  /** 0: passed. 1: something failed. 2: nothing failed, but something was inconclusive. */
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

/** A run with an inconclusive result, or without any case that ran, is never green. A failure always fails the run. */
export function createReport(results: readonly CaseResult[], terms: Terms): Report {
  const { title, failOnAssumed, baseline } = terms;
  const { known, stale } = measure(results, baseline, terms);
  const exchanges = results.flatMap((result) => result.exchanges);
  const assumed = assumedIn(exchanges);
  // A rule's result repeats exchanges of the run.
  const unserved = unservedCalls(new Set(exchanges));
  const isUntold =
    results.every(({ outcome }) => outcome === "skipped") ||
    results.some(({ outcome }) => outcome === "inconclusive");
  const hasFailed =
    results.some((result) => result.outcome === "fail" && !known.has(result)) ||
    stale.length > 0 ||
    (failOnAssumed && assumed.length > 0);
  const exitCode = hasFailed ? 1 : isUntold ? 2 : 0;
  return { title, results, known, stale, assumed, unserved, exitCode };
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

/** Removes control sequences, and characters that XML does not allow, from untrusted text. Keeps tabs and line ends. */
export const printable = (text: string): string =>
  text.replace(COLOUR, "").replace(/(?![\t\n])\p{Cc}|[\ufffe\uffff]/gu, "");
