import { KitError } from "../core/errors.ts";
import { didYouMean } from "../core/nearest.ts";
import type { VendorRules } from "./judge.ts";

/**
 * Returns a function that tells whether a case id begins with one of the prefixes. Without prefixes, all do. Throws a
 * KitError for a prefix that matches no case, because running nothing would look like success.
 */
export function caseFilter(
  vendors: readonly VendorRules[],
  prefixes: readonly string[] | undefined,
): (id: string) => boolean {
  const ids = vendors.flatMap(({ contract }) => contract.cases.map(({ id }) => id));
  for (const prefix of prefixes ?? []) {
    if (ids.some((id) => id.startsWith(prefix))) continue;
    const beginnings = ids.flatMap((id) => [
      id,
      ...[...id.matchAll(/\./g)].map(({ index }) => id.slice(0, index)),
    ]);
    const advice = didYouMean(prefix, beginnings, "run fauxdr cases to list them");
    throw new KitError(`No case id starts with "${prefix}": ${advice}`);
  }
  return (id) => prefixes?.some((prefix) => id.startsWith(prefix)) ?? true;
}
