import type { Severity } from "../core/basis.ts";
import { KitError } from "../core/errors.ts";
import { type CaseResult, counts } from "./result.ts";

/** The known failures: the broken rules and promises, by case and wire form. */
export type Baseline = Readonly<Record<string, readonly string[]>>;

/** `vendor.topic.promise (document)`: the name of a case in a wire form. */
export const resultName = ({ id, wire }: Pick<CaseResult, "id" | "wire">): string =>
  `${id} (${wire})`;

/** The rules that make a result a failure, each once. */
const brokenBy = ({ findings }: CaseResult, failOn: Severity): string[] =>
  [
    ...new Set(findings.filter(({ severity }) => counts(severity, failOn)).map(({ rule }) => rule)),
  ].toSorted();

/** The failures of these results, as the text of a file. The same failures give the same bytes. */
export function writeBaseline(results: readonly CaseResult[], failOn: Severity): string {
  const failures = results
    .filter(({ outcome }) => outcome === "fail")
    .map((result) => [resultName(result), brokenBy(result, failOn)] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `${JSON.stringify({ failures: Object.fromEntries(failures) }, undefined, 2)}\n`;
}

/** Throws a KitError if the text is not a baseline. */
export function readBaseline(text: string, file: string): Baseline {
  const wrong = new KitError(
    `${file} is not a baseline: it takes {"failures": {"case (wire)": ["rule"]}}; write one with --write-baseline.`,
  );
  let value: { readonly failures?: unknown } | null;
  try {
    value = JSON.parse(text);
  } catch {
    throw wrong;
  }
  const failures = typeof value === "object" && value !== null ? value.failures : undefined;
  if (typeof failures !== "object" || failures === null || Array.isArray(failures)) throw wrong;
  const isList = (rules: unknown): boolean =>
    Array.isArray(rules) && rules.every((rule) => typeof rule === "string");
  if (!Object.values(failures).every(isList)) throw wrong;
  return failures as Baseline;
}

/** Results compared with a baseline. */
export interface Measured {
  /** Those whose failures are all listed. */
  readonly known: ReadonlySet<CaseResult>;
  /** Listed failures that did not occur, one line each. */
  readonly stale: readonly string[];
}

/**
 * A failed case is known if every rule that it breaks is listed. A listed failure that does not occur is stale. If some
 * cases were left out (`all` is false), entries of cases that did not run are not stale.
 */
export function measure(
  results: readonly CaseResult[],
  baseline: Baseline,
  { failOn, all }: { readonly failOn: Severity; readonly all: boolean },
): Measured {
  const known = new Set<CaseResult>();
  const stale: string[] = [];
  const ran = new Map(results.map((result) => [resultName(result), result]));
  for (const result of results) {
    const listed = baseline[resultName(result)] ?? [];
    if (result.outcome !== "fail") continue;
    if (brokenBy(result, failOn).every((rule) => listed.includes(rule))) known.add(result);
  }
  for (const [name, rules] of Object.entries(baseline)) {
    const result = ran.get(name);
    if (!result) {
      if (all) stale.push(`${name}: there is no such case`);
      continue;
    }
    if (result.outcome === "inconclusive") continue;
    const broken = brokenBy(result, failOn);
    for (const rule of rules.filter((one) => !broken.includes(one))) {
      stale.push(`${name}: ${rule}`);
    }
  }
  return { known, stale };
}
