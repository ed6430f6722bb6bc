import type { Severity } from "../core/basis.ts";
import { every, monotonic } from "../core/clock.ts";
import type { Finding } from "../core/contract.ts";
import { type CaseResult, outcomeOf } from "./result.ts";

/** How often a watch looks, in milliseconds. */
const BEAT = 100;

/** From this many milliseconds on, a stall can make a client give up: it has at least 8 seconds where it is to succeed. */
const LONG = 3000;

/** Whether a client may have given up because of a stall of so many milliseconds. */
export const isLong = (stall: number): boolean => stall >= LONG;

/**
 * Begins to watch whether this process keeps running. What it returns ends the watch, and gives the longest time in
 * milliseconds in which the process did nothing: the machine was busy or suspended, or a client blocked the event loop.
 */
export type Watch = () => () => number;

export const watchStalls = (clock: () => number = monotonic): ReturnType<Watch> => {
  let last = clock();
  let longest = 0;
  const look = (): void => {
    const now = clock();
    longest = Math.max(longest, now - last - BEAT);
    last = now;
  };
  const stop = every(BEAT, look);
  return () => {
    stop();
    look();
    return longest;
  };
};

type Judged = Pick<CaseResult, "outcome" | "reason" | "findings">;

const isClean = ({ outcome, findings }: Judged): boolean =>
  (outcome === "pass" || outcome === "skipped") &&
  findings.every(({ severity }) => severity === "info");

/** Why an attempt with a stall of so many milliseconds was not judged. */
export const stoodStill = (stall: number): string =>
  `fauxdr stood still for ${(stall / 1000).toFixed(1)} s: the machine is too busy, or the client blocks this process`;

/**
 * Judges once more what went wrong while this process stood still: a client that gave up on a late reply is not at fault.
 * Inconclusive if it went wrong in the same way again. `lasting` gives the findings that a stall cannot cause: they count.
 */
export async function unlessStalled<T extends Judged>(
  watch: Watch,
  judge: (isSecond: boolean) => Promise<T>,
  lasting: (judged: T) => readonly Finding[],
  failOn: Severity,
): Promise<T> {
  const attempt = async (isSecond: boolean): Promise<readonly [judged: T, stall: number]> => {
    const ended = watch();
    const judged = await judge(isSecond);
    const stall = ended();
    return [judged, isClean(judged) || !isLong(stall) ? 0 : stall];
  };
  const [first, stall] = await attempt(false);
  if (stall === 0) return first;
  const [second, again] = await attempt(true);
  const own = again === 0 ? second.findings : lasting(second);
  // The calls of the first attempt are in another journal.
  const earlier = lasting(first)
    .filter(({ rule }) => own.every((finding) => finding.rule !== rule))
    .map((finding) => ({ ...finding, exchanges: [] }));
  const findings = [...own, ...earlier];
  const rest =
    again === 0 ? second : { ...second, outcome: "inconclusive", reason: stoodStill(again) };
  const isFailed = outcomeOf(findings, failOn) === "fail";
  return { ...rest, findings, ...(isFailed && { outcome: "fail" }) };
}
