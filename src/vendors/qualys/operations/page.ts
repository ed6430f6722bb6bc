import { VendorError } from "../../../core/errors.ts";
import { inOrder, type Order } from "../../../core/in-order.ts";

/** The last record that pages reach. Beyond it, clients must use searchAfter. */
const WINDOW = 10_000;

/** One page of rows in no order, as `pageNumber` (from 0) and `pageSize` ask for it. */
export function page<Row>(
  rows: readonly Row[],
  order: Order<Row>,
  query: Readonly<Record<string, unknown>>,
): readonly Row[] {
  const size = Number(query["pageSize"] ?? 10);
  const start = Number(query["pageNumber"] ?? 0) * size;
  if (start + size > WINDOW) {
    const what = `goes beyond record ${WINDOW} with this pageSize`;
    throw new VendorError({ kind: "invalid", problem: { where: "query/pageNumber", what } });
  }
  return inOrder(rows, order, start, size);
}
