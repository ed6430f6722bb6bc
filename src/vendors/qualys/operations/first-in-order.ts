/**
 * The first `count` rows in the order of `compare`. Takes time in proportion to the rows, where sorting them all would
 * block the event loop for a large fleet.
 */
export function firstInOrder<Row>(
  rows: readonly Row[],
  count: number,
  compare: (a: Row, b: Row) => number,
): Row[] {
  const some = [...rows];
  let [from, to] = [0, some.length];
  // Every row before `from` comes before all others, and every row from `to` on after them.
  while (to - from > 1 && from < count && count < to) {
    const end = part(some, from, to, compare);
    if (end <= count) from = end;
    else to = end;
  }
  return some.slice(0, count).sort(compare);
}

/** Moves the rows of a range that come before others to its front. Returns the end of the front: neither part is empty. */
function part<Row>(
  rows: Row[],
  from: number,
  to: number,
  compare: (a: Row, b: Row) => number,
): number {
  const pivot = rows[(from + to - 1) >> 1] as Row;
  let [low, high] = [from - 1, to];
  for (;;) {
    do low++;
    while (compare(rows[low] as Row, pivot) < 0);
    do high--;
    while (compare(rows[high] as Row, pivot) > 0);
    if (low >= high) return high + 1;
    [rows[low], rows[high]] = [rows[high] as Row, rows[low] as Row];
  }
}
