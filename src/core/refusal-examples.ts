import type { Refusal } from "./errors.ts";

/** Where a refusal is not the answer to a real mistake: why it is given, and what was asked. */
export interface Asked {
  readonly why: string;
  /** The vendor's name of what was asked. */
  readonly action: string;
  readonly method: string;
  readonly path: string;
}

/** A refusal of every kind, for the fault rules, triggers and preferences that ask for one. */
const EXAMPLES: {
  readonly [Kind in Refusal["kind"]]: (asked: Asked) => Extract<Refusal, { kind: Kind }>;
} = {
  malformed: ({ why }) => ({ kind: "malformed", reason: why }),
  "not-an-object": ({ why }) => ({ kind: "not-an-object", problem: { where: "", what: why } }),
  invalid: ({ why }) => ({ kind: "invalid", problem: { where: "", what: why } }),
  unauthenticated: ({ why }) => ({ kind: "unauthenticated", reason: why }),
  unlicensed: () => ({ kind: "unlicensed", principal: "the caller" }),
  forbidden: ({ action }) => ({ kind: "forbidden", principal: "the caller", permission: action }),
  "no-target": ({ action }) => ({ kind: "no-target", action, targets: [] }),
  "not-found": () => ({ kind: "not-found", what: "action", id: "0" }),
  conflict: ({ action, why }) => ({ kind: "conflict", action, reason: why }),
  "rate-limited": () => ({
    kind: "rate-limited",
    limit: 10,
    windowSeconds: 1,
    retryAfterSeconds: 1,
  }),
  "too-large": () => ({ kind: "too-large", limitBytes: 0 }),
  failure: ({ why }) => ({ kind: "failure", reason: why }),
  "no-operation": ({ method, path }) => ({ kind: "no-operation", method, path, nearest: "" }),
  "not-served": ({ method, path, why }) => ({
    kind: "not-served",
    method,
    path,
    what: why,
    basis: "assumed",
    source: "",
  }),
  "wrong-method": ({ method, path }) => ({ kind: "wrong-method", method, path, allowed: [] }),
};

/** The names of all refusals. */
export const REFUSALS: readonly Refusal["kind"][] = Object.keys(EXAMPLES) as Refusal["kind"][];

export const isRefusal = (name: unknown): name is Refusal["kind"] =>
  REFUSALS.some((kind) => kind === name);

/** A refusal of that kind, as it would be if `asked` had deserved it. */
export const exampleOf = (kind: Refusal["kind"], asked: Asked): Refusal => EXAMPLES[kind](asked);
