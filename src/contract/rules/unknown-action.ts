import type { Rule } from "../../core/contract.ts";
import { nameOf } from "./reading.ts";

/** What the vendors call that which is followed. */
const FOLLOWED: readonly string[] = ["action", "remediation"];

export const unknownAction: Rule = {
  id: "status.unknown-action",
  severity: "must",
  basis: "documented",
  title: "The status is asked for of actions that the vendor has created",
  fix: "Take the id from the reply that created the action, digit by digit, and ask for no other.",
  source: "The vendors' documents: the status call takes the id that the first call answered",
  judge: (exchanges) =>
    exchanges.flatMap((exchange) => {
      const { id, refusal } = exchange;
      if (refusal?.kind !== "not-found" || !FOLLOWED.includes(refusal.what)) return [];
      const { what, id: asked, actual, onRequest } = refusal;
      if (onRequest) return [];
      const name = `${nameOf(exchange)} asks for ${what} ${asked}`;
      if (actual === undefined) return [{ exchanges: [id], what: `${name}, which does not exist` }];
      const fix = "Ask this call for actions of its own kind only.";
      return [{ exchanges: [id], what: `${name}, which is of another kind: ${actual}`, fix }];
    }),
};
