import type { Severity } from "./contract.ts";

/** How sure it is that the vendor behaves so; the surest first. The vendors' documents explain each word. */
export const BASES = ["documented", "documented-old", "recorded", "observed", "assumed"] as const;

export type Basis = (typeof BASES)[number];

/** The gravest that a finding may be on a basis: nobody must do what nobody has written or recorded. */
const GRAVEST: { readonly [Name in Basis]: Severity } = {
  documented: "must",
  "documented-old": "must",
  recorded: "must",
  observed: "should",
  assumed: "info",
};

const GRAVITY: readonly Severity[] = ["info", "should", "must"];

/** A severity, lowered to what a basis allows. */
export const severityOn = (basis: Basis, severity: Severity): Severity =>
  GRAVITY.indexOf(severity) < GRAVITY.indexOf(GRAVEST[basis]) ? severity : GRAVEST[basis];
