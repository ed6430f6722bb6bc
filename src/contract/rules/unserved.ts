import type { Rule } from "../../core/contract.ts";
import type { Problem } from "../../core/errors.ts";
import type { Exchange } from "../../core/journal/journal.ts";
import { callName } from "./reading.ts";

/** Calls that fauxdr does not serve. The client made no mistake, but nothing was tested. */
export const unserved: Rule = {
  id: "request.unserved",
  severity: "info",
  basis: "documented",
  title: "fauxdr serves the calls, parameters and filters that the client uses",
  fix: "Nothing: this call of the vendor is not tested here. Serve it with an OpenAPI document of your own: fauxdr --also FILE.",
  source: "The vendor's known calls, in specs/",
  judge: (exchanges) =>
    exchanges.flatMap((exchange) => {
      const { id, refusal } = exchange;
      if (refusal?.kind === "not-served" && !refusal.onRequest) {
        const { what, basis, source } = refusal;
        const name = `${callName(exchange)} (${what})`;
        return [{ exchanges: [id], what: `fauxdr does not serve ${name}`, basis, source }];
      }
      return problemsOf(exchange).map(({ where, what, basis = "documented", source }) => ({
        exchanges: [id],
        what: `${callName(exchange)}: fauxdr does not support ${where}, which the vendor documents: ${what}`,
        basis,
        ...(source !== undefined && { source }),
      }));
    }),
};

function problemsOf({ refusal }: Exchange): readonly Problem[] {
  if (refusal?.kind !== "invalid") return [];
  return [refusal.problem, ...(refusal.others ?? [])].filter(({ unserved }) => unserved);
}
