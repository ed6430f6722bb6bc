import type { Exchange } from "./journal.ts";

/** A call of a vendor that fauxdr does not serve, and how often it was made. */
export interface UnservedCall {
  readonly vendor: string;
  readonly method: string;
  /** Of the first one: the others may have other ids in it. */
  readonly path: string;
  /** What the call does. */
  readonly what: string;
  readonly count: number;
}

/** The calls for which a user would write an OpenAPI document, the most frequent first. */
export function unservedCalls(exchanges: Iterable<Exchange>): readonly UnservedCall[] {
  const found = new Map<string, UnservedCall>();
  for (const { vendor = "", refusal } of exchanges) {
    if (refusal?.kind !== "not-served" || refusal.onRequest) continue;
    const { method, path, what, source } = refusal;
    const key = JSON.stringify([vendor, method, what, source]);
    const known = found.get(key) ?? { vendor, method, path, what, count: 0 };
    found.set(key, { ...known, count: known.count + 1 });
  }
  return [...found.values()].toSorted((one, other) => other.count - one.count);
}

/** `3 × vendor POST /v1/things (list things)` */
export const unservedLine = ({ vendor, method, path, what, count }: UnservedCall): string =>
  `${count} × ${vendor} ${method} ${path} (${what})`;
