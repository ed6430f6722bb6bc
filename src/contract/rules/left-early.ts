import type { Contract, Rule } from "../../core/contract.ts";
import type { Exchange } from "../../core/journal/journal.ts";
import { grouped, isOk, isReadable } from "./reading.ts";

/** A client that polls at most this often did not wait. One that gives up has polled more often. */
const FEW_POLLS = 2;

export const leftEarly = ({ progressOf, createdBy }: Contract): Rule => ({
  id: "poll.left-early",
  severity: "should",
  basis: "documented",
  title: "A client that polls an action polls it until it ends",
  fix: "Poll until every target has ended, or until a time limit, and do not report completed before that.",
  source: "The vendors' documents: they name the statuses of an action that is still under way",
  judge: (exchanges) => {
    const created = new Set(exchanges.flatMap((exchange) => createdBy(exchange) ?? []));
    const isTroubled = troubles(exchanges);
    const actionOf = (exchange: Exchange): string | undefined => progressOf(exchange)?.action;
    const pollsOf = new Map(
      grouped(exchanges, actionOf).map((polls) => [actionOf(polls[0] as Exchange), polls]),
    );
    return [...created].flatMap((action) => {
      const polls = pollsOf.get(action) ?? [];
      const last = polls.at(-1);
      if (!last || polls.length > FEW_POLLS || progressOf(last)?.ended !== false) return [];
      if (!polls.every((poll) => isOk(poll) && isReadable(poll)) || isTroubled(last)) return [];
      return [
        {
          exchanges: polls.map(({ id }) => id),
          what: `action ${action} was still in progress when polling stopped, after ${polls.length} ${polls.length === 1 ? "poll" : "polls"}`,
        },
      ];
    });
  },
});

/** Whether a call like this one failed after it: then a client may stop. */
function troubles(exchanges: readonly Exchange[]): (last: Exchange) => boolean {
  const failed = new Map<string | undefined, number>();
  for (const exchange of exchanges) {
    if (!isOk(exchange) || !isReadable(exchange)) failed.set(exchange.operation, exchange.id);
  }
  return ({ id, operation }) => (failed.get(operation) ?? 0) > id;
}
