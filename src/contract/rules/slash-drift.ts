import type { Rule } from "../../core/contract.ts";
import type { Exchange } from "../../core/journal/journal.ts";
import { callName, grouped } from "./reading.ts";

export const slashDrift: Rule = {
  id: "path.slash-drift",
  severity: "info",
  basis: "observed",
  title: "A path has no slash at its end, as in the current documents",
  fix: "Drop the slash at the end of the path.",
  source: "Current pages print no such slash, older ones do, and clients send both",
  judge: (exchanges) =>
    grouped(exchanges.filter(endsInSlash), ({ operation }) => operation).map((calls) => ({
      exchanges: calls.map(({ id }) => id),
      what: `${calls[0] && callName(calls[0])} is called with a slash at the end of its path`,
    })),
};

const endsInSlash = ({ request }: Exchange): boolean => /^[^?]*[^/?]\/(\?|$)/.test(request.url);
