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
  let longest: readonly Exchange[] = [];
  let run: Exchange[] = [];
  for (const call of calls) {
    // The attempt that ends a series belongs to it, because the failure before caused it.
    run = [...run.filter((earlier) => beganAt(call) - beganAt(earlier) <= WINDOW_MS), call];
    const moved = run.length > MOST && beganAt(call) > beganAt(run[0] as Exchange);
    if (moved && run.length > longest.length) longest = run;
    if (!isFailure(call)) run = [];
  }
  return longest;
}

const isFailure = ({ reply, aborted }: Exchange): boolean =>
  !reply || aborted === true || reply.status === 429 || reply.status >= 500;
