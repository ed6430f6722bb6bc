import { derived } from "./derived.ts";

/** Negative if the first comes before the second. What is sorted is kept for each function, so give the same one each time. */
export type Order<Key> = (a: Key, b: Key) => number;

/** Below this many rows a sort is as fast as another division. */
const FEW = 16;

/**
 * Up to `count` rows from `start` on, in an order. Only the rows up to there are sorted: to sort all of a large fleet
 * would block the event loop. What was sorted is kept as long as the array, so the next page of the same rows is cheap.
 */
export const inOrder = <Row extends Key, Key>(
  rows: readonly Row[],
  order: Order<Key>,
  start: number,
  count: number,
): readonly Row[] => sortingOf(rows, order).page(start, count);

/** Up to `count` rows that come after a key, which need not be that of a row. */
export function inOrderAfter<Row extends Key, Key>(
  rows: readonly Row[],
  order: Order<Key>,
  after: Key,
  count: number,
): readonly Row[] {
  const sorting = sortingOf(rows, order);
  const start = sorting.startAfter(after);
  if (start !== undefined) return sorting.page(start, count);
  const left = rows.filter((row) => order(row, after) > 0);
  return sortingOf(left, order).page(0, count);
}

interface Sorting<Row extends Key, Key> {
  page(start: number, count: number): readonly Row[];
  /** How many rows do not come after a key. Undefined if the key is beyond the rows that are sorted so far. */
  startAfter(key: Key): number | undefined;
}

const sortingOf = <Row extends Key, Key>(
  rows: readonly Row[],
  order: Order<Key>,
): Sorting<Row, Key> => derived(rows, order, () => sortingBy(rows, order));

function sortingBy<Row extends Key, Key>(
  given: readonly Row[],
  order: Order<Key>,
): Sorting<Row, Key> {
  const rows = [...given];
  /** The rows before this one are in their places. */
  let sorted = 0;
  /** The rows before each of these come before all others. The nearest is the last. */
  const ends = [rows.length];
  const sortMore = (): void => {
    let end = ends.at(-1) as number;
    while (end - sorted > FEW) {
      end = part(rows, sorted, end, order);
      ends.push(end);
    }
    const next = rows.slice(sorted, end).sort(order);
    for (const row of next) rows[sorted++] = row;
    ends.pop();
  };
  return {
    page: (start, count) => {
      const end = Math.min(rows.length, start + count);
      while (sorted < end) sortMore();
      return rows.slice(start, end);
    },
    startAfter: (key) => {
      const last = rows[sorted - 1];
      if (last === undefined || order(last, key) < 0) return undefined;
      let [low, high] = [0, sorted];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (order(rows[middle] as Row, key) > 0) high = middle;
        else low = middle + 1;
      }
      return low;
    },
  };
}

/** Moves the rows of a range that come before others to its front. Returns the end of the front: neither part is empty. */
function part<Row extends Key, Key>(
  rows: Row[],
  from: number,
  to: number,
  order: Order<Key>,
): number {
  const pivot = rows[(from + to - 1) >> 1] as Row;
  let [low, high] = [from - 1, to];
  for (;;) {
    do low++;
    while (order(rows[low] as Row, pivot) < 0);
    do high--;
    while (order(rows[high] as Row, pivot) > 0);
    if (low >= high) return high + 1;
    [rows[low], rows[high]] = [rows[high] as Row, rows[low] as Row];
  }
}
