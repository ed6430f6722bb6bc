import type { Flaw, Rule } from "../../../core/contract.ts";
import { hostActionsAmong } from "./host-actions.ts";

export const userInBothPlaces: Rule = {
  id: "qualys.user.both-places",
  severity: "info",
  basis: "documented",
  title: "user and userId are in the query and in the body",
  fix: "Send user and userId in the query as well as in the body: the vendor's own sample does.",
  source:
    "Qualys EDR API, Perform Quarantine/UnQuarantine Host Action on Asset: its table has them in the body, its sample in both places",
  judge: (exchanges) =>
    hostActionsAmong(exchanges).flatMap(({ exchange, body }): Flaw[] => {
      const query = new URLSearchParams(/\?(.*)/.exec(exchange.request.url)?.[1]);
      const missing = ["user", "userId"].flatMap((name) => [
        ...(query.get(name) ? [] : [`query/${name}`]),
        ...(body[name] ? [] : [`/${name}`]),
      ]);
      // Missing in both places is refused.
      if (missing.length === 0 || exchange.refusal) return [];
      return [{ exchanges: [exchange.id], what: `there is no ${missing.join(", no ")}` }];
    }),
};
