import type { Rule } from "../../core/contract.ts";
import type { Problem } from "../../core/errors.ts";
import type { Exchange } from "../../core/journal/journal.ts";
import { callName } from "./reading.ts";

/** Requests to the calls of `--also`. Only the user's document defines them, so `request.off-spec` does not apply. */
export const offDocument: Rule = {
  id: "request.off-document",
  severity: "should",
  basis: "yours",
  title: "A request is one that your own OpenAPI document describes",
  fix: "Change the request, or the document that you gave with --also.",
  source: "Your OpenAPI document",
  judge: (exchanges) =>
    exchanges.flatMap((exchange) => {
      if (exchange.refusal?.onRequest) return [];
      return problemsOf(exchange).map(({ where, what, source }) => ({
        exchanges: [exchange.id],
        what: `${callName(exchange)}: ${where || "the body"} ${what}`,
        ...(source !== undefined && { source }),
      }));
    }),
};

function problemsOf({ refusal }: Exchange): readonly Problem[] {
  if (refusal?.kind !== "invalid" && refusal?.kind !== "not-an-object") return [];
  const others = refusal.kind === "invalid" ? (refusal.others ?? []) : [];
  return [refusal.problem, ...others].filter(({ basis }) => basis === "yours");
}
