import type { Contract, Rule } from "../../core/contract.ts";
import type { Exchange } from "../../core/journal/journal.ts";
import { isOk, isReadable } from "./reading.ts";

/** A client that gives up has looked more often; one that looks this often has not waited. */
const LOOKS = 2;

export const leftEarly = ({ progressOf, createdBy }: Contract): Rule => ({
  id: "poll.left-early",
  severity: "should",
  basis: "documented",
  title: "An action that is followed is followed to its end",
  fix: "Ask again until every target has come to an end, or until a time limit; report neither as completed before.",
  source: "The vendors' documents: they name the statuses of an action that is still under way",
  judge: (exchanges) => {
    const created = new Set(exchanges.flatMap((exchange) => createdBy(exchange) ?? []));
    return [...created].flatMap((action) => {
      const polls = exchanges.filter((exchange) => progressOf(exchange)?.action === action);
      const last = polls.at(-1);
      if (!last || polls.length > LOOKS || progressOf(last)?.ended !== false) return [];
      if (!polls.every((poll) => isOk(poll) && isReadable(poll)) || isTroubled(exchanges, last)) {
        return [];
      }
      return [
        {
          exchanges: polls.map(({ id }) => id),
          what: `action ${action} was under way when it was last asked for, after ${polls.length} ${polls.length === 1 ? "look" : "looks"}`,
        },
      ];
    });
  },
});

/** A status call that went wrong afterwards is a reason to stop. */
const isTroubled = (exchanges: readonly Exchange[], last: Exchange): boolean =>
  exchanges.some(
    (later) =>
      later.id > last.id &&
      later.operation === last.operation &&
      !(isOk(later) && isReadable(later)),
  );
