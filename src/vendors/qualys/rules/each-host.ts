import type { Flaw, Rule } from "../../../core/contract.ts";
import type { Exchange } from "../../../core/journal/journal.ts";
import { aimOf, askedFor, createdBy } from "../follow.ts";

export const eachHost: Rule = {
  id: "qualys.follow.each-host",
  severity: "should",
  basis: "documented",
  title: "A client polls every host of a call",
  fix: "Poll each host: send one call for each, or use the remediationId of each.",
  source: "Qualys EDR API, Fetch Remediation Event Details: a reply is about one agentId",
  judge: (exchanges) => {
    const pollsOf = pollsByPart(exchanges);
    return exchanges.flatMap((exchange): Flaw[] => {
      const requestId = createdBy(exchange);
      if (requestId === undefined) return [];
      const hosts = new Set(aimOf(exchange)?.targets).size;
      if (hosts < 2) return [];
      const polls = pollsOf.get(requestId) ?? [];
      const told = new Set(polls.flatMap((poll) => agentIn(poll) ?? []));
      if (told.size === 0 || told.size >= hosts) return [];
      return [
        {
          exchanges: [exchange.id, ...polls.map(({ id }) => id)],
          what: `the call names ${hosts} hosts, and only ${told.size} of them is looked after`,
        },
      ];
    });
  },
};

/** Status calls by the parts of the id that they ask for, one of which is a requestId. */
function pollsByPart(exchanges: readonly Exchange[]): ReadonlyMap<string, readonly Exchange[]> {
  const polls = new Map<string, Exchange[]>();
  for (const exchange of exchanges) {
    for (const part of new Set(askedFor(exchange)?.split("_"))) {
      const found = polls.get(part);
      if (found) found.push(exchange);
      else polls.set(part, [exchange]);
    }
  }
  return polls;
}

const agentIn = ({ reply }: Exchange): string | undefined =>
  /"agentId":"([^"]+)"/.exec(reply?.body.text ?? "")?.[1];
