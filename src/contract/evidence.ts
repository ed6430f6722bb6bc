import type { Contract, ContractCase } from "../core/contract.ts";
import type { Exchange } from "../core/journal/journal.ts";

/**
 * The calls that a case needs and did not see, in one sentence. Undefined if it saw enough. Without this check, a
 * client that does nothing at all would keep every promise not to do something.
 */
export function missingEvidence(
  { operation, evidence = { [operation]: 1 } }: Pick<ContractCase, "operation" | "evidence">,
  { sameAs = [] }: Pick<Contract, "sameAs">,
  exchanges: readonly Exchange[],
): string | undefined {
  for (const [wanted, least] of Object.entries(evidence)) {
    const group = sameAs.find((names) => names.includes(wanted)) ?? [wanted];
    const seen = exchanges.filter((exchange) => group.includes(exchange.operation ?? "")).length;
    if (seen < least) {
      const calls = least === 1 ? "a call" : `${least} calls`;
      const came = seen === 0 ? "none came" : `only ${seen} came`;
      return `the case needs ${calls} of ${wanted} to judge, but ${came}`;
    }
  }
  return exchanges.length === 0 ? "the case needs a call to judge, but none came" : undefined;
}
