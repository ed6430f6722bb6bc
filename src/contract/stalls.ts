import { every, monotonic } from "../core/clock.ts";
import type { CaseResult } from "./result.ts";

/** How often a watch looks, in milliseconds. */
const BEAT = 100;

/** From this many milliseconds on, a stall can make a client give up: it has at least 8 seconds where it is to succeed. */
const LONG = 3000;

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

/**
 * Judges once more what went wrong while this process stood still: a client that gave up on a late reply is not at fault.
 * Inconclusive if it went wrong in the same way again.
 */
export async function unlessStalled<T extends Judged>(
  watch: Watch,
  judge: (isSecond: boolean) => Promise<T>,
): Promise<T> {
  const attempt = async (isSecond: boolean): Promise<readonly [judged: T, stall: number]> => {
    const ended = watch();
    const judged = await judge(isSecond);
    const stall = ended();
    return [judged, isClean(judged) || stall < LONG ? 0 : stall];
  };
  const [first, stall] = await attempt(false);
  if (stall === 0) return first;
  const [second, again] = await attempt(true);
  if (again === 0) return second;
  const reason = `fauxdr stood still for ${(again / 1000).toFixed(1)} s: the machine is too busy, or the client blocks this process`;
  return { ...second, outcome: "inconclusive", reason, findings: [] };
}
