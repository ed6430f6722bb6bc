import type { Rule } from "../../core/contract.ts";
import { callName } from "./reading.ts";

/** The vendors' names for an action whose status can be asked for. */
const FOLLOWED: readonly string[] = ["action", "remediation"];

export const unknownAction: Rule = {
  id: "status.unknown-action",
  severity: "must",
  basis: "documented",
  title: "A status call names an action that the vendor has created",
  fix: "Use the exact id from the reply that created the action, and no other.",
  source: "The vendors' documents: the status call takes the id that the first call returned",
  judge: (exchanges) =>
    exchanges.flatMap((exchange) => {
      const { id, refusal } = exchange;
      if (refusal?.kind !== "not-found" || !FOLLOWED.includes(refusal.what)) return [];
      const { what, id: asked, actual, onRequest } = refusal;
      if (onRequest) return [];
      const name = `${callName(exchange)} asks for ${what} ${asked}`;
      if (actual === undefined) return [{ exchanges: [id], what: `${name}, which does not exist` }];
      const fix = "Use this call for actions of its own kind only.";
      return [{ exchanges: [id], what: `${name}, which is of another kind: ${actual}`, fix }];
    }),
};
