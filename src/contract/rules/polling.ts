import type { Contract, Rule } from "../../core/contract.ts";
import type { Exchange } from "../../core/journal/journal.ts";
import { beganAt, grouped, isReadable } from "./reading.ts";

const MOST_A_SECOND = 10;
/** A second, less what eleven timers may fire early. */
const SECOND_MS = 900;
const MOST_POLLS = 100;

/** How a client follows an action. */
export const pollingRules = ({ progressOf }: Contract): readonly Rule[] => {
  const actionOf = (exchange: Exchange): string | undefined => progressOf(exchange)?.action;
  const hasEnded = (exchange: Exchange): boolean => progressOf(exchange)?.ended === true;
  const source =
    "public clients poll every few seconds, until the action ends or a time limit is reached; no document names a rate";
  return [
    {
      id: "poll.hot",
      severity: "should",
      basis: "observed",
      title: `An action is polled at most ${MOST_A_SECOND} times a second`,
      fix: "Wait a few seconds between two status calls.",
      source,
      judge: (exchanges) =>
        grouped(exchanges, actionOf).flatMap((polls) => {
          const start = polls.findIndex((first, index) => {
            const last = polls[index + MOST_A_SECOND];
            const ms = last ? beganAt(last) - beganAt(first) : 0;
            // A frozen clock shows no intervals.
            return ms > 0 && ms < SECOND_MS;
          });
          if (start < 0) return [];
          const hot = polls.slice(start, start + MOST_A_SECOND + 1);
          return [
            {
              exchanges: hot.map(({ id }) => id),
              what: `action ${actionOf(hot[0] as Exchange)} was polled ${hot.length} times within a second`,
            },
          ];
        }),
    },
    {
      id: "poll.after-end",
      severity: "should",
      basis: "observed",
      title: "A client stops polling when the action has ended",
      fix: "Stop polling when every target has reached a final status, whichever it is.",
      source,
      judge: (exchanges) =>
        grouped(exchanges, actionOf).flatMap((polls) => {
          const end = polls.findIndex((poll) => hasEnded(poll) && isReadable(poll));
          const after = end < 0 ? [] : polls.slice(end + 1);
          if (after.length === 0) return [];
          return [
            {
              exchanges: [polls[end] as Exchange, ...after].map(({ id }) => id),
              what: `action ${actionOf(after[0] as Exchange)} had ended, and was polled ${after.length} more times`,
            },
          ];
        }),
    },
    {
      id: "poll.endless",
      severity: "should",
      basis: "observed",
      title: "A client stops polling an action that does not end",
      fix: "Give up after a time limit of your choice, and report that the action has not ended.",
      source,
      judge: (exchanges) =>
        grouped(exchanges, actionOf).flatMap((polls) => {
          const under = polls.filter((poll) => !hasEnded(poll));
          if (under.length <= MOST_POLLS || under.length < polls.length) return [];
          return [
            {
              exchanges: [polls[0] as Exchange, polls.at(-1) as Exchange].map(({ id }) => id),
              what: `action ${actionOf(polls[0] as Exchange)} was polled ${polls.length} times and has not ended`,
            },
          ];
        }),
    },
  ];
};
