import { compareSeverity, severityOn } from "../core/basis.ts";
import type { Contract, Finding, Rule } from "../core/contract.ts";
import { KitError } from "../core/errors.ts";
import { atOnce } from "../core/in-turns.ts";
import type { Exchange } from "../core/journal/journal.ts";
import { remembering } from "./remember.ts";
import { generalRules } from "./rules/general.ts";
import { foreignPath } from "./rules/unknown-path.ts";

/** A vendor's name and its contract. */
export interface VendorRules {
  readonly name: string;
  readonly contract: Contract;
}

/** All rules for a vendor: the general ones, then its own. */
export const rulesFor = ({ contract }: VendorRules): readonly Rule[] => [
  ...generalRules(contract),
  ...contract.rules,
];

/** Applies the rules to one tenant's exchanges. Returns the findings, the most severe first. */
export const judge = (
  exchanges: readonly Exchange[],
  vendors: readonly VendorRules[],
): readonly Finding[] => atOnce(judging(exchanges, vendors));

/** The same in pieces, for long journals: one for each exchange that is read, and for each rule. */
export function* judging(
  exchanges: readonly Exchange[],
  vendors: readonly VendorRules[],
): Iterable<unknown, readonly Finding[]> {
  const findings = yield* apply(foreignPath, exchanges, "none");
  for (const vendor of vendors) {
    const own = exchanges.filter((exchange) => exchange.vendor === vendor.name);
    const contract = yield* remembering(vendor.contract, own);
    for (const rule of rulesFor({ ...vendor, contract })) {
      yield;
      for (const finding of yield* apply(rule, own, vendor.name)) findings.push(finding);
    }
  }
  return findings.toSorted((a, b) => compareSeverity(a.severity, b.severity));
}

function* apply(
  rule: Rule,
  exchanges: readonly Exchange[],
  vendor: string,
): Iterable<unknown, Finding[]> {
  const { id, fix, source, judge } = rule;
  try {
    const flaws = judge.pieces ? yield* judge.pieces(exchanges) : judge(exchanges);
    return flaws.map((flaw) => {
      const basis = flaw.basis ?? rule.basis;
      const severity = severityOn(basis, rule.severity);
      return { rule: id, vendor, severity, basis, fix, source, ...flaw };
    });
  } catch (cause) {
    // The client was not judged, so the run must not pass.
    throw new KitError(`fauxdr itself failed: its rule ${id} (${vendor}) threw: ${cause}`, {
      cause,
    });
  }
}

/** An error of fauxdr itself in the exchanges, after which they say nothing about the client. Undefined without one. */
export const ownFaultIn = (exchanges: readonly Exchange[]): string | undefined =>
  exchanges.find(
    ({ vendor, error, unrecorded }) =>
      error !== undefined && (vendor !== undefined || unrecorded === true),
  )?.error;
