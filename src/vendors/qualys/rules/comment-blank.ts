import type { Rule } from "../../../core/contract.ts";
import { hostActionsAmong } from "./host-actions.ts";

export const commentBlank: Rule = {
  id: "qualys.comment.blank",
  severity: "should",
  basis: "documented",
  title: "The comment describes the action",
  fix: "Put a few words into comment: it is mandatory, and is returned as the remark.",
  source:
    "Qualys EDR API, Perform Quarantine/UnQuarantine Host Action on Asset: a comment that describes the action is mandatory",
  judge: (exchanges) =>
    hostActionsAmong(exchanges)
      .filter(({ body: { comment } }) => typeof comment === "string" && /^\s+$/.test(comment))
      .map(({ exchange }) => ({ exchanges: [exchange.id], what: "/comment contains only spaces" })),
};
