import { expect } from "vitest";
import type { Store } from "../../src/core/store.ts";

type Kept = (kind: "tables" | "lists" | "sequences", name: string, size: number) => boolean;

/**
 * Reads a store's content, and returns a function that expects it to be the same. `isKept` leaves parts out. The
 * contents are compared as texts, because comparing them as objects takes longer than the call in between.
 */
export function unchanged(store: Store, isKept: Kept = () => true): () => void {
  const read = (): string => {
    const { tables, lists, sequences } = store.content();
    const kept = (
      kind: "tables" | "lists",
      of: ReadonlyMap<string, ReadonlyMap<string, unknown>>,
    ) =>
      [...of].flatMap(([name, rows]) => (isKept(kind, name, rows.size) ? [[name, ...rows]] : []));
    return JSON.stringify([
      kept("tables", tables),
      kept("lists", lists),
      [...sequences].filter(([name, last]) => isKept("sequences", name, last)),
    ]);
  };
  const before = read();
  return () => {
    const after = read();
    // Only then, because the objects show what differs.
    if (after !== before) expect(JSON.parse(after)).toEqual(JSON.parse(before));
  };
}
