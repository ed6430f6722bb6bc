import type { Validator } from "./validate.ts";

/**
 * Checks of one document in one wire form that the build has compiled. Compiling them at the first call would take a
 * tenth of the time from the start to the first reply.
 */
export interface CompiledChecks {
  /** By operationId: the checks of a request. */
  readonly requests: Readonly<Record<string, () => readonly Validator[]>>;
  /** By operationId and status, such as `getThing 200`: the check of a reply's value. */
  readonly replies: Readonly<Record<string, () => Validator>>;
}

/** Empty in the sources. In `dist`, the build replaces this file: see scripts/compiled-checks.mjs. */
export const TABLE: Readonly<Record<string, CompiledChecks>> = {};
