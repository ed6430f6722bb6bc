import type { Rule } from "../../core/contract.ts";
import type { Exchange } from "../../core/journal/journal.ts";
import { callName } from "./reading.ts";

/** Calls that no public source lists: usually a typo in the path, sometimes an undocumented call. */
const TEXT: Omit<Rule, "judge"> = {
  id: "request.unknown-path",
  severity: "should",
  basis: "observed",
  title: "A request has a path that a public source lists",
  fix: "Append the calls' paths directly to the base URL from the environment.",
  source: "No document and no public client has this path; specs/ lists those that are known",
};

/** For exchanges of a vendor. */
export const unknownPath: Rule = {
  ...TEXT,
  judge: (exchanges) =>
    exchanges.flatMap((exchange) => {
      const { id, refusal } = exchange;
      if (refusal?.kind !== "no-operation" || refusal.onRequest) return [];
      const what = `no public source has ${callName(exchange)}; the nearest call is ${refusal.nearest}`;
      return [{ exchanges: [id], what, fix: `Check the path against ${refusal.nearest}.` }];
    }),
};

/** For exchanges that belong to no vendor, usually because of a wrong base path. */
export const foreignPath: Rule = {
  ...TEXT,
  judge: (exchanges) =>
    exchanges.filter(isForeign).map((exchange) => ({
      exchanges: [exchange.id],
      what: `no vendor has ${callName(exchange)}`,
    })),
};

const isForeign = ({ vendor, refusal, request }: Exchange): boolean =>
  vendor === undefined && !refusal && request.method !== "";
