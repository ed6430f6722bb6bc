import type { Flaw, Rule } from "../../../core/contract.ts";
import type { Exchange } from "../../../core/journal/journal.ts";
import { requestData } from "./bodies.ts";

const LIMIT = 1000;

/** Of calls that act on endpoints: the lists of ids in their filters. */
const OPERATIONS: readonly string[] = [
  "quarantineFiles",
  "quarantineFilesLegacy",
  "isolateEndpoints",
  "unisolateEndpoints",
];

export const targetRules: readonly Rule[] = [
  {
    id: "cortex.targets.empty",
    severity: "must",
    title: "A call that acts on endpoints names at least one",
    fix: "Send nothing where there is no endpoint to act on: what an empty list means is nowhere written.",
    basis: "observed",
    source: "a public client sends filters: [] where no endpoint was given",
    judge: (exchanges) =>
      flaws(exchanges, (lists) =>
        lists.length === 0 || lists.some((ids) => ids.length === 0)
          ? "it names no endpoint"
          : undefined,
      ),
  },
  {
    id: "cortex.targets.too-many",
    severity: "must",
    title: "A call names no more endpoints than the vendor takes",
    fix: `Split the list into calls of at most ${LIMIT} endpoints each.`,
    basis: "documented",
    source: "Cortex XDR REST API, Quarantine Files, up to 1000 endpoints",
    judge: (exchanges) =>
      flaws(exchanges, (lists) => {
        const longest = Math.max(0, ...lists.map((ids) => ids.length));
        return longest > LIMIT ? `it names ${longest} endpoints` : undefined;
      }),
  },
];

function flaws(
  exchanges: readonly Exchange[],
  wrong: (lists: readonly (readonly unknown[])[]) => string | undefined,
): Flaw[] {
  return exchanges.flatMap((exchange) => {
    if (!OPERATIONS.includes(exchange.operation ?? "")) return [];
    const filters = requestData(exchange)?.["filters"];
    // A body of another shape is off the spec: no matter of its length.
    if (!Array.isArray(filters)) return [];
    const lists = filters.map((filter: { readonly value?: unknown } | null) => filter?.value);
    if (!lists.every(Array.isArray)) return [];
    const what = wrong(lists);
    return what === undefined ? [] : [{ exchanges: [exchange.id], what }];
  });
}
