import { VendorError } from "../../../core/errors.ts";
import type { Reply } from "../../../core/reply.ts";
import type { Call } from "../../../core/vendor.ts";
import { firstInOrder } from "./first-in-order.ts";
import { rowsOrNothing } from "./rows.ts";

/** The position of a row, from which its cursor is made. */
export interface Position {
  /** In milliseconds. */
  readonly at: number;
  readonly id: string;
}

/** A list that is read with a cursor. */
export interface Searched<Row> {
  /** In no order. */
  readonly rows: readonly Row[];
  readonly positionOf: (row: Row) => Position;
  /** Negative if the first is read before the second, positive if after it. */
  readonly compare: (a: Position, b: Position) => number;
  readonly show: (row: Row) => Readonly<Record<string, unknown>>;
}

/** The page after a cursor. The reply has the next cursor under both spellings of its header. */
export function searchAfter<Row>(call: Call, searched: Searched<Row>): Reply {
  const { query } = call;
  const { rows, positionOf, compare, show } = searched;
  const size = Number(query["pageSize"] ?? 10);
  const cursor = query["searchAfterValues"];
  const start = cursor === undefined ? Number(query["pageNumber"] ?? 0) * size : 0;
  const left = cursor === undefined ? rows : rowsAfter(positionIn(String(cursor)), searched);
  const byPosition = (a: Row, b: Row): number => compare(positionOf(a), positionOf(b));
  const page = firstInOrder(left, start + size, byPosition).slice(start);
  const reply = rowsOrNothing(page.map(show), call);
  const last = page.at(-1);
  if (!last) return reply;
  const { at, id } = positionOf(last);
  const after = `${at},${id}`;
  return { ...reply, headers: { searchAfterValue: after, searchAfterValues: after } };
}

function positionIn(cursor: string): Position {
  const [, time, id = ""] = /^(\d{1,16}),(.+)$/.exec(cursor) ?? [];
  if (time !== undefined) return { at: Number(time), id };
  const problem = { where: "query/searchAfterValues", what: "is not a cursor of this call" };
  throw new VendorError({ kind: "invalid", problem });
}

/** The rows after the one that a cursor names, which may no longer exist. */
const rowsAfter = <Row>(
  position: Position,
  { rows, positionOf, compare }: Searched<Row>,
): readonly Row[] => rows.filter((row) => compare(positionOf(row), position) > 0);

export const compareIds = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
