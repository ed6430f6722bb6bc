import { severityOn } from "../core/basis.ts";
import type { Contract, Finding, Rule } from "../core/contract.ts";
import { KitError } from "../core/errors.ts";
import type { Exchange } from "../core/journal/journal.ts";
import { generalRules } from "./rules/general.ts";
import { nobodysPath } from "./rules/unknown-path.ts";

/** A vendor's name and what the kit knows of it. */
export interface VendorRules {
  readonly name: string;
  readonly contract: Contract;
}

/** All rules for a vendor: those that hold for every vendor, then its own. */
export const rulesFor = ({ contract }: VendorRules): readonly Rule[] => [
  ...generalRules(contract),
  ...contract.rules,
];

const RANK = { must: 0, should: 1, info: 2 } as const;

/** What the rules say of one tenant's exchanges, the gravest first. */
export function judge(exchanges: readonly Exchange[], vendors: readonly VendorRules[]): Finding[] {
  const strange = apply(nobodysPath, exchanges, "none");
  const findings = vendors.flatMap((vendor) => {
    const own = exchanges.filter((exchange) => exchange.vendor === vendor.name);
    return rulesFor(vendor).flatMap((rule) => apply(rule, own, vendor.name));
  });
  return [...strange, ...findings].toSorted((a, b) => RANK[a.severity] - RANK[b.severity]);
}

function apply(rule: Rule, exchanges: readonly Exchange[], vendor: string): Finding[] {
  const { id, fix, source } = rule;
  try {
    return rule.judge(exchanges).map((flaw) => {
      const basis = flaw.basis ?? rule.basis;
      const severity = severityOn(basis, rule.severity);
      return { rule: id, vendor, severity, basis, fix, source, ...flaw };
    });
  } catch (cause) {
    // Nothing is known of the client then, least of all that it is right.
    throw new KitError(`fauxdr itself failed: its rule ${id} (${vendor}) threw: ${cause}`, {
      cause,
    });
  }
}

/** A fault of fauxdr's own among the exchanges: what comes of it says nothing of the client. */
export const ownFaultIn = (exchanges: readonly Exchange[]): string | undefined =>
  exchanges.find(
    ({ vendor, error, unrecorded }) =>
      error !== undefined && (vendor !== undefined || unrecorded === true),
  )?.error;
