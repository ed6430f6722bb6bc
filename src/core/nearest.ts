/** `did you mean "…"?` if one of the names is similar, else the other advice with a full stop. */
export function didYouMean(given: string, names: readonly string[], otherwise: string): string {
  const typed = given.slice(0, MOST_LETTERS);
  const near = nearest(typed, names);
  const most = Math.ceil(Math.min(typed.length, near.length) / 3);
  const isNear = distance(typed, near) <= most;
  return near !== "" && isNear ? `did you mean "${near}"?` : `${otherwise}.`;
}

/** A hostile text must not cause quadratic work. */
const MOST_LETTERS = 200;

/** The candidate that differs from `text` by the fewest letters. */
export function nearest(text: string, candidates: readonly string[]): string {
  const wanted = text.slice(0, MOST_LETTERS);
  let best = "";
  let fewest = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const changes = distance(wanted, candidate);
    if (changes < fewest) {
      fewest = changes;
      best = candidate;
    }
  }
  return best;
}

/** Levenshtein's distance, one row at a time. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
