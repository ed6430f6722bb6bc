const results = new WeakMap<readonly unknown[], Map<unknown, unknown>>();

/** So that searches with ever new filters do not fill the memory. */
const MOST = 16;

/**
 * The result of some work on rows, kept as long as their array: `Store.all` returns the same one until its table changes.
 * The key stands for all else that the result depends on. The last 16 results of an array are kept.
 */
export function derived<Result>(
  rows: readonly unknown[],
  key: unknown,
  work: () => Result,
): Result {
  let known = results.get(rows);
  if (!known) {
    known = new Map();
    results.set(rows, known);
  }
  if (known.has(key)) return known.get(key) as Result;
  if (known.size >= MOST) known.delete(known.keys().next().value);
  const result = work();
  known.set(key, result);
  return result;
}
