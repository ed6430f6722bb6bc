/** How sure it is that the vendor behaves this way, surest first. The vendors' documents explain each word. */
export const BASES = ["documented", "documented-old", "recorded", "observed", "assumed"] as const;

/** `yours`: it is in an OpenAPI document of the user's own. No vendor's document says so. */
export type Basis = (typeof BASES)[number] | "yours";

/** `must`: it will not work against the vendor. `should`: it works until something goes wrong. `info`: good to know. */
export type Severity = "must" | "should" | "info";

/** The highest severity that each basis allows. A `must` needs something documented or recorded. */
const GRAVEST: { readonly [Name in Basis]: Severity } = {
  documented: "must",
  "documented-old": "must",
  recorded: "must",
  observed: "should",
  assumed: "info",
  yours: "should",
};

const GRAVITY: readonly Severity[] = ["info", "should", "must"];

/** A severity, lowered to what a basis allows. */
export const severityOn = (basis: Basis, severity: Severity): Severity =>
  GRAVITY.indexOf(severity) < GRAVITY.indexOf(GRAVEST[basis]) ? severity : GRAVEST[basis];
