import type { Refusal } from "./errors.ts";

/** A request that gets a refusal without a real mistake. */
export interface Asked {
  /** Why it is refused. Printed after "the request". */
  readonly why: string;
  /** The vendor's name for what was asked. */
  readonly action: string;
  readonly method: string;
  readonly path: string;
}

/** A refusal of every kind, for fault rules, triggers and `Prefer`. */
const EXAMPLES: {
  readonly [Kind in Refusal["kind"]]: (asked: Asked) => Extract<Refusal, { kind: Kind }>;
} = {
  malformed: ({ why }) => ({ kind: "malformed", reason: `${REQUEST} ${why}` }),
  "not-an-object": ({ why }) => ({
    kind: "not-an-object",
    problem: { where: REQUEST, what: why },
  }),
  invalid: ({ why }) => ({ kind: "invalid", problem: { where: REQUEST, what: why } }),
  unauthenticated: ({ why }) => ({ kind: "unauthenticated", reason: `${REQUEST} ${why}` }),
  unlicensed: () => ({ kind: "unlicensed", principal: "the caller" }),
  forbidden: ({ action }) => ({ kind: "forbidden", principal: "the caller", permission: action }),
  "no-target": ({ action }) => ({ kind: "no-target", action, targets: [] }),
  "not-found": () => ({ kind: "not-found", what: "action", id: "0" }),
  conflict: ({ action, why }) => ({ kind: "conflict", action, reason: `${REQUEST} ${why}` }),
  "rate-limited": () => ({
    kind: "rate-limited",
    limit: 10,
    windowSeconds: 1,
    retryAfterSeconds: 1,
  }),
  "too-large": () => ({ kind: "too-large", limitBytes: 0 }),
  failure: ({ why }) => ({ kind: "failure", reason: `${REQUEST} ${why}` }),
  "no-operation": ({ method, path }) => ({ kind: "no-operation", method, path, nearest: "" }),
  "not-served": ({ method, path, why }) => ({
    kind: "not-served",
    method,
    path,
    what: `${REQUEST} ${why}`,
    basis: "assumed",
    source: "",
  }),
  "wrong-method": ({ method, path }) => ({ kind: "wrong-method", method, path, allowed: [] }),
};

const REQUEST = "the request";

/** The kinds of all refusals. */
export const REFUSALS: readonly Refusal["kind"][] = Object.keys(EXAMPLES) as Refusal["kind"][];

export const isRefusal = (name: unknown): name is Refusal["kind"] =>
  REFUSALS.some((kind) => kind === name);

/** A refusal of that kind for a request that made no mistake. */
export const refusalExample = (kind: Refusal["kind"], asked: Asked): Refusal =>
  EXAMPLES[kind](asked);
