import { type CompiledChecks, TABLE } from "./compiled-table.ts";

const SPECS = new URL("../../../specs/", import.meta.url).href;

/** Undefined for documents that are not of this package, and for wire forms that are seldom used. */
export const compiledChecks = (spec: URL, words: readonly string[]): CompiledChecks | undefined =>
  spec.href.startsWith(SPECS)
    ? TABLE[`${spec.href.slice(SPECS.length)} ${words.join(" ")}`]
    : undefined;
