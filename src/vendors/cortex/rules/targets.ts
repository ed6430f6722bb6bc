import type { Rule } from "../../../core/contract.ts";
import { judgeEach } from "../../../core/judge-in-pieces.ts";
import { placeholders } from "../state.ts";
import { requestData } from "./bodies.ts";

const LIMIT = 1000;

/** Calls that act on the endpoints in their filters. */
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
    fix: "Send nothing if there is no endpoint to act on: no document says what an empty list means.",
    basis: "observed",
    source: "a public client sends filters: [] if no endpoint was given",
    judge: flaws((lists) =>
      lists.length === 0 || lists.some((ids) => ids.length === 0)
        ? "it names no endpoint"
        : undefined,
    ),
  },
  {
    id: "cortex.targets.too-many",
    severity: "must",
    title: "A call names no more endpoints than the vendor accepts",
    fix: `Split the list into calls of at most ${LIMIT} endpoints each.`,
    basis: "documented",
    source: "Cortex XDR REST API, Quarantine Files, up to 1000 endpoints",
    judge: flaws((lists) => {
      const longest = Math.max(0, ...lists.map((ids) => ids.length));
      return longest > LIMIT ? `it names ${longest} endpoints` : undefined;
    }),
  },
  {
    id: "cortex.targets.placeholder",
    severity: "should",
    title: "A call names endpoints of the tenant, not the placeholders of a sample",
    fix: "Replace the placeholder with the id of an endpoint: a tenant has no endpoint with this id.",
    basis: "documented",
    source: "Cortex XDR REST API, Quarantine Files: its samples have string and <endpoint ID>",
    judge: flaws((lists) => {
      const found = lists.flat().find((id) => placeholders.has(id as string));
      return found === undefined ? undefined : `it names ${JSON.stringify(found)}`;
    }),
  },
];

function flaws(
  wrong: (lists: readonly (readonly unknown[])[]) => string | undefined,
): Rule["judge"] {
  return judgeEach((exchange) => {
    if (!OPERATIONS.includes(exchange.operation ?? "")) return [];
    const filters = requestData(exchange)?.["filters"];
    // `request.off-spec` judges a body of another shape.
    if (!Array.isArray(filters)) return [];
    const lists = filters.map((filter: { readonly value?: unknown } | null) => filter?.value);
    if (!lists.every(Array.isArray)) return [];
    const what = wrong(lists);
    return what === undefined ? [] : [{ exchanges: [exchange.id], what }];
  });
}
