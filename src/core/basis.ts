/** How sure it is that the vendor behaves this way, surest first. The vendors' documents explain each word. */
export const BASES = ["documented", "documented-old", "recorded", "observed", "assumed"] as const;

/** `yours`: it is in an OpenAPI document of the user's own. No vendor's document says so. */
export type Basis = (typeof BASES)[number] | "yours";

/** `must`: it will not work against the vendor. `should`: it works until something goes wrong. `info`: good to know. */
export const SEVERITIES = ["must", "should", "info"] as const;

export type Severity = (typeof SEVERITIES)[number];

/** For `toSorted`: the most severe first. Negative if `a` is more severe than `b`. */
export const compareSeverity = (a: Severity, b: Severity): number =>
  SEVERITIES.indexOf(a) - SEVERITIES.indexOf(b);

/** The highest severity that each basis allows. A `must` needs something documented or recorded. */
const HIGHEST: { readonly [Name in Basis]: Severity } = {
  documented: "must",
  "documented-old": "must",
  recorded: "must",
  observed: "should",
  assumed: "info",
  yours: "should",
};

/** A severity, lowered to what a basis allows. */
export const severityOn = (basis: Basis, severity: Severity): Severity =>
  compareSeverity(severity, HIGHEST[basis]) > 0 ? severity : HIGHEST[basis];
