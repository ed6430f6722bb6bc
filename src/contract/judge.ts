import type { Contract, Finding, Rule } from "../core/contract.ts";
import type { Exchange } from "../core/journal.ts";
import { generalRules } from "./rules/general.ts";
import { unserved } from "./rules/unserved.ts";

/** A vendor's name and what the kit knows of it. */
export interface Judged {
  readonly name: string;
  readonly contract: Contract;
}

/** All rules for a vendor: those that hold for every vendor, then its own. */
export const rulesFor = ({ contract }: Judged): readonly Rule[] => [
  ...generalRules(contract),
  ...contract.rules,
];

const RANK = { must: 0, should: 1, info: 2 } as const;

/** What the rules say of one tenant's exchanges, the gravest first. */
export function judge(exchanges: readonly Exchange[], vendors: readonly Judged[]): Finding[] {
  const strange = apply(unserved, exchanges, "none");
  const findings = vendors.flatMap((vendor) => {
    const own = exchanges.filter((exchange) => exchange.vendor === vendor.name);
    return rulesFor(vendor).flatMap((rule) => apply(rule, own, vendor.name));
  });
  return [...strange, ...findings].toSorted((a, b) => RANK[a.severity] - RANK[b.severity]);
}

const apply = (rule: Rule, exchanges: readonly Exchange[], vendor: string): Finding[] => {
  const { id, severity, mend, source } = rule;
  return rule
    .judge(exchanges)
    .map((flaw) => ({ rule: id, vendor, severity, mend, source, ...flaw }));
};

/** A fault of fauxdr's own among the exchanges: what comes of it says nothing of the client. */
export const ownFaultIn = (exchanges: readonly Exchange[]): string | undefined =>
  exchanges.find(({ vendor, error }) => vendor !== undefined && error !== undefined)?.error;
