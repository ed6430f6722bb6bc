import type { Finding } from "../core/contract.ts";
import type { Exchange } from "../core/journal/journal.ts";
import { judge, type VendorRules } from "./judge.ts";
import { PRINTED } from "./leaks.ts";

/**
 * The findings that no delay can cause: a printed secret, and what one complete call shows when it is judged without the
 * others.
 */
export function timeless(
  findings: readonly Finding[],
  exchanges: readonly Exchange[],
  vendor: VendorRules,
): readonly Finding[] {
  const complete = exchanges.filter(({ aborted }) => !aborted);
  const alone = new Set(complete.flatMap((exchange) => judge([exchange], [vendor]).map(keyOf)));
  return findings.filter((finding) => finding.rule === PRINTED || alone.has(keyOf(finding)));
}

const keyOf = ({ rule, what }: Finding): string => `${rule}\n${what}`;
