import type { Contract, ContractCase } from "../core/contract.ts";
import type { Exchange } from "../core/journal/journal.ts";
import { isTakenOn } from "./rules/reading.ts";

/**
 * Checks that a client's calls together name each of the case's targets once. Returns what is wrong. A client that
 * refuses the task before its first call names none: its outcome is judged instead.
 */
export function unaccounted(
  { targets }: Pick<ContractCase, "targets">,
  { aimOf }: Pick<Contract, "aimOf">,
  exchanges: readonly Exchange[],
): string[] {
  if (targets === undefined || aimOf === undefined) return [];
  const counts = new Map(targets.map((id) => [id, 0]));
  const calls = exchanges.filter(isTakenOn).flatMap((exchange) => aimOf(exchange) ?? []);
  if (calls.length === 0) return [];
  const strangers = new Set<string>();
  for (const id of calls.flatMap((call) => call.targets)) {
    const count = counts.get(id);
    if (count === undefined) strangers.add(id);
    else counts.set(id, count + 1);
  }
  const all = [...counts];
  return [
    ...sentence("never named in a call", all.filter(([, count]) => count === 0).map(first)),
    ...sentence("named more than once", all.filter(([, count]) => count > 1).map(first)),
    ...sentence("named, but not part of the task", [...strangers]),
  ].map((text) => `of ${targets.length} targets in ${calls.length} calls, ${text}`);
}

const first = ([id]: readonly [string, number]): string => id;

/** More examples show nothing new. */
const MOST = 3;

function sentence(what: string, ids: readonly string[]): string[] {
  if (ids.length === 0) return [];
  const more = ids.length > MOST ? " …" : "";
  return [
    `${ids.length} ${ids.length === 1 ? "is" : "are"} ${what}: ${ids.slice(0, MOST).join(", ")}${more}`,
  ];
}
