import type { Rule } from "../../core/contract.ts";
import type { Exchange } from "../../core/journal/journal.ts";
import { nameOf } from "./reading.ts";

/** Calls that no public source knows: a slip in the path as a rule, or a call that was never written about. */
const TEXT: Omit<Rule, "judge"> = {
  id: "request.unknown-path",
  severity: "should",
  basis: "observed",
  title: "A request goes to a path that a public source knows",
  fix: "Put the calls' own paths behind the base URL from the environment, and nothing between them.",
  source: "No document and no public client has this path; specs/ lists those that are known",
};

/** Of a vendor's own exchanges. */
export const unknownPath: Rule = {
  ...TEXT,
  judge: (exchanges) =>
    exchanges.flatMap((exchange) => {
      const { id, refusal } = exchange;
      if (refusal?.kind !== "no-operation" || refusal.onRequest) return [];
      const what = `nobody knows ${nameOf(exchange)}; the nearest call is ${refusal.nearest}`;
      return [{ exchanges: [id], what, fix: `Check the path against ${refusal.nearest}.` }];
    }),
};

/** Of what no vendor was meant by: a wrong base path, as a rule. */
export const nobodysPath: Rule = {
  ...TEXT,
  judge: (exchanges) =>
    exchanges
      .filter(isNobodys)
      .map((exchange) => ({ exchanges: [exchange.id], what: `nobody serves ${nameOf(exchange)}` })),
};

const isNobodys = ({ vendor, refusal, request }: Exchange): boolean =>
  vendor === undefined && !refusal && request.method !== "";
