import type { Severity } from "../core/basis.ts";
import type { Journaled, RunningVerdict } from "../core/contract.ts";
import { judging, type VendorRules } from "./judge.ts";
import { noRequestFindings } from "./no-request.ts";
import { counts } from "./result.ts";
import { unjudged } from "./unjudged.ts";

/**
 * Judges journals like `fauxdr run`, in pieces: findings of at least `failOn` fail, and journals without calls never pass.
 */
export function* verdictOn(
  journals: readonly Journaled[],
  vendors: readonly VendorRules[],
  failOn: Severity,
): Iterable<unknown, RunningVerdict> {
  const exchanges = journals.flatMap((journal) => journal.exchanges);
  const findings: RunningVerdict["findings"][number][] = [];
  for (const { tenant, exchanges: own } of journals) {
    for (const finding of [...(yield* judging(own, vendors)), ...noRequestFindings(own)])
      findings.push({ tenant, ...finding });
  }
  const found = { requests: exchanges.length, findings };
  const failing = findings.filter(({ severity }) => counts(severity, failOn));
  const [first] = failing;
  if (first) {
    const more = failing.length > 1 ? `; ${failing.length - 1} more findings fail` : "";
    return { verdict: "failed", reason: `${first.rule}: ${first.what}${more}`, ...found };
  }
  const dropped = journals.reduce((sum, journal) => sum + journal.dropped, 0);
  const names: readonly string[] = vendors.map(({ name }) => name);
  const ours = exchanges.filter(({ vendor }) => vendor === undefined || names.includes(vendor));
  const reason =
    ours.length === 0 && exchanges.length > 0
      ? `no call had a path of ${names.join(" or ")}`
      : unjudged(ours, dropped);
  return reason === undefined
    ? { verdict: "passed", ...found }
    : { verdict: "inconclusive", reason, ...found };
}
