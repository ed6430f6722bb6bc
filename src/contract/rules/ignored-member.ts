import type { Rule } from "../../core/contract.ts";
import { callName } from "./reading.ts";

export const ignoredMember: Rule = {
  id: "request.ignored-member",
  severity: "should",
  basis: "documented",
  title: "A body has only the fields that the call has",
  fix: "Correct the field's name or its place, or leave it out: the vendor ignores it.",
  source:
    "The fields that the vendor's description of the call lists; that it ignores others is observed",
  judge: (exchanges) =>
    exchanges.flatMap((exchange) =>
      (exchange.ignored ?? []).map((where) => ({
        exchanges: [exchange.id],
        what: `${callName(exchange)}: ${where} is not a field of this call and has no effect`,
      })),
    ),
};
