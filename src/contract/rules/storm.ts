import type { Rule } from "../../core/contract.ts";
import type { Exchange } from "../../core/journal/journal.ts";
import { beganAt, callName, grouped, keyOf } from "./reading.ts";

const MOST = 5;
const WINDOW_MS = 10_000;

export const storm: Rule = {
  id: "retry.storm",
  severity: "should",
  basis: "documented",
  title: `A request that fails is not sent more than ${MOST} times within ${WINDOW_MS / 1000} seconds`,
  fix: "Wait longer after every failure (1, 2, 4 seconds …), and give up after a few.",
  source: "AWS Architecture Blog, Exponential Backoff And Jitter; Google SRE Book, chapter 22",
  judge: (exchanges) =>
    grouped(exchanges, keyOf).flatMap((calls) => {
      const run = longestRun(calls);
      const [first] = run;
      if (!first) return [];
      return [
        {
          exchanges: run.map(({ id }) => id),
          what: `${callName(first)} failed and was sent again ${run.length - 1} times within ${WINDOW_MS / 1000} seconds`,
        },
      ];
    }),
};

/** The longest series of failures that is a storm. Empty if there is none. */
function longestRun(calls: readonly Exchange[]): readonly Exchange[] {
  if (calls.length <= MOST) return [];
  const times = calls.map(beganAt);
  const timeAt = (index: number): number => times[index] as number;
  let longest: readonly [start: number, end: number] = [0, 0];
  let start = 0;
  for (const [index, call] of calls.entries()) {
    while (timeAt(index) - timeAt(start) > WINDOW_MS) start++;
    // The attempt that ends a series belongs to it, because the failure before caused it.
    const length = index + 1 - start;
    const moved = length > MOST && timeAt(index) > timeAt(start);
    if (moved && length > longest[1] - longest[0]) longest = [start, index + 1];
    if (!isFailure(call)) start = index + 1;
  }
  return calls.slice(...longest);
}

const isFailure = ({ reply, aborted }: Exchange): boolean =>
  !reply || aborted === true || reply.status === 429 || reply.status >= 500;
