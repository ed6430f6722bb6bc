import type { Finding } from "../core/contract.ts";
import type { Row } from "./feed.ts";

/** A part of a search: a word that may be anywhere, or one with the place where it must be. */
export interface Term {
  /** As typed. */
  readonly text: string;
  readonly place?: Place;
  /** Lower case. */
  readonly value: string;
}

type Found = readonly Pick<Finding, "rule" | "severity" | "what">[];
type Test = (row: Row, findings: Found, value: string) => boolean;

const has = (text: string | undefined, value: string): boolean =>
  text?.toLowerCase().includes(value) === true;

/** Where a word can be looked for: `status:4xx`. */
const PLACES = {
  status: ({ exchange: { reply } }, _, value) =>
    value === "none" ? !reply : String(reply?.status ?? "").startsWith(value.replace(/x+$/, "")),
  severity: (_, findings, value) => findings.some(({ severity }) => severity === value),
  rule: (_, findings, value) => findings.some(({ rule }) => has(rule, value)),
  vendor: ({ exchange }, _, value) => has(exchange.vendor ?? "none", value),
  tenant: ({ exchange }, _, value) => has(exchange.tenant, value),
  operation: ({ exchange }, _, value) => has(exchange.operation ?? "none", value),
  method: ({ exchange }, _, value) => has(exchange.request.method, value),
  cause: ({ exchange: { refusal, reply } }, _, value) => has(refusal?.kind ?? reply?.cause, value),
  basis: ({ exchange: { reply } }, _, value) => reply?.basis === value,
  fault: ({ exchange: { fault } }, _, value) =>
    fault !== undefined && (value === "any" || has(`${fault.kind} ${fault.rule}`, value)),
  id: ({ exchange }, _, value) => String(exchange.id) === value,
} as const satisfies Record<string, Test>;

type Place = keyof typeof PLACES;

export const PREFIXES: readonly string[] = Object.keys(PLACES);

/** The parts of a search. Quotes keep words together: `"not served"`. */
export function termsOf(search: string): readonly Term[] {
  const texts = search.match(/(?:\w+:)?"[^"]*"|\S+/g) ?? [];
  return texts.map((text): Term => {
    const [, name = "", rest = ""] = /^(\w+):(.+)$/s.exec(text) ?? [];
    const place = Object.hasOwn(PLACES, name) ? (name as Place) : undefined;
    const value = (place ? rest : text).replaceAll('"', "").toLowerCase();
    return { text, value, ...(place && { place }) };
  });
}

/** Whether a request fits all parts of a search. Words are looked for in all of it, bodies and findings included. */
export const fits = (row: Row, findings: Found, terms: readonly Term[]): boolean =>
  terms.every(({ place, value }) =>
    place
      ? PLACES[place](row, findings, value)
      : row.text().includes(value) ||
        findings.some((one) => has(`${one.severity} ${one.rule} ${one.what}`, value)),
  );
