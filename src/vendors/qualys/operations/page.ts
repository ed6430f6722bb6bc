import { VendorError } from "../../../core/errors.ts";
import { firstInOrder } from "./first-in-order.ts";

/** The last record that pages reach. Beyond it, clients must use searchAfter. */
const WINDOW = 10_000;

/** One page of rows in no order, as `pageNumber` (from 0) and `pageSize` ask for it. */
export function page<Row>(
  rows: readonly Row[],
  compare: (a: Row, b: Row) => number,
  query: Readonly<Record<string, unknown>>,
): Row[] {
  const size = Number(query["pageSize"] ?? 10);
  const start = Number(query["pageNumber"] ?? 0) * size;
  if (start + size > WINDOW) {
    const what = `goes beyond record ${WINDOW} with this pageSize`;
    throw new VendorError({ kind: "invalid", problem: { where: "query/pageNumber", what } });
  }
  return firstInOrder(rows, start + size, compare).slice(start);
}
