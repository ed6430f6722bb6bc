import type { Rule } from "../../core/contract.ts";
import { nameOf } from "./reading.ts";

/** Judges what no vendor was meant by: a wrong base path, as a rule. */
export const unserved: Rule = {
  id: "request.unserved",
  severity: "must",
  title: "A request goes to a path that a vendor serves",
  fix: "Put the calls' own paths behind the base URL from the environment, and nothing between them.",
  source: "The OpenAPI documents of the vendors, in specs/",
  judge: (exchanges) =>
    exchanges
      .filter(({ vendor, refusal }) => vendor === undefined && !refusal)
      .map((exchange) => ({ exchanges: [exchange.id], what: `nobody serves ${nameOf(exchange)}` })),
};
