import type { Contract, ContractCase } from "../core/contract.ts";
import type { Exchange } from "../core/journal/journal.ts";
import { type ClientReport, isGood } from "./client-report.ts";
import type { Ended } from "./process.ts";
import type { Broken } from "./promises.ts";

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
    const seen = callsOf(wanted, sameAs, exchanges).length;
    if (seen < least) {
      const calls = least === 1 ? "a call" : `${least} calls`;
      const came = seen === 0 ? "none came" : `only ${seen} came`;
      return `the case needs ${calls} of ${wanted} to judge, but ${came}`;
    }
  }
  return exchanges.length === 0 ? "the case needs a call to judge, but none came" : undefined;
}

/** The calls of an operation, or of one that does the same by another path. */
function callsOf(
  operation: string,
  sameAs: NonNullable<Contract["sameAs"]>,
  exchanges: readonly Exchange[],
): Exchange[] {
  const group = sameAs.find((names) => names.includes(operation)) ?? [operation];
  return exchanges.filter((exchange) => group.includes(exchange.operation ?? ""));
}

/** What is wrong with a success in a task to act on machines, if the server accepted no call that does. */
export function unearned(
  { operation, targets = [] }: Pick<ContractCase, "operation" | "targets">,
  { destructive, sameAs = [] }: Pick<Contract, "destructive" | "sameAs">,
  exchanges: readonly Exchange[],
  { exitCode }: Pick<Ended, "exitCode">,
  report: ClientReport | undefined,
): Broken[] {
  const succeeded = report ? isGood(report.outcome) : exitCode === 0;
  const isAccepted = ({ reply }: Exchange): boolean =>
    reply !== undefined && reply.status >= 200 && reply.status < 300;
  const isDirect = destructive.includes(operation);
  // It may not have read its task: an exit code of 0 and no call are no claim.
  if (!report && exchanges.length === 0) return [];
  // The machines of some tasks are found by another operation.
  if (!succeeded || !(isDirect || targets.length > 0)) return [];
  const wanted = isDirect ? [operation] : destructive;
  if (wanted.some((name) => callsOf(name, sameAs, exchanges).some(isAccepted))) return [];
  const how = report ? `it reported "${report.outcome}"` : "it ended with exit code 0";
  return [
    {
      what: `${how}, but no call of ${wanted[0]} was accepted`,
      fix: "Report success only after a reply with a status of 200 to 299.",
    },
  ];
}
