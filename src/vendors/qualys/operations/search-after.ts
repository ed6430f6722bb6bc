import { VendorError } from "../../../core/errors.ts";
import { inOrder, inOrderAfter, type Order } from "../../../core/in-order.ts";
import type { Reply } from "../../../core/reply.ts";
import type { Call } from "../../../core/vendor.ts";
import { rowsOrNothing } from "./rows.ts";

/** The position of a row, from which its cursor is made. */
export interface Position {
  /** In milliseconds. */
  readonly at: number;
  readonly id: string;
}

/** A list that is read with a cursor. */
export interface Searched<Row extends Key, Key> {
  /** In no order. */
  readonly rows: readonly Row[];
  readonly order: Order<Key>;
  readonly positionOf: (row: Row) => Position;
  /** What the order compares of a row at that position. */
  readonly keyAt: (position: Position) => Key;
  readonly show: (row: Row) => Readonly<Record<string, unknown>>;
}

/** The page after a cursor. The reply has the next cursor under both spellings of its header. */
export function searchAfter<Row extends Key, Key>(call: Call, searched: Searched<Row, Key>): Reply {
  const { query } = call;
  const { rows, order, positionOf, keyAt, show } = searched;
  const size = Number(query["pageSize"] ?? 10);
  const cursor = query["searchAfterValues"];
  // The row that a cursor names may no longer exist.
  const page =
    cursor === undefined
      ? inOrder(rows, order, Number(query["pageNumber"] ?? 0) * size, size)
      : inOrderAfter(rows, order, keyAt(positionIn(String(cursor))), size);
  const reply = rowsOrNothing(
    page.map((row) => show(row)),
    call,
  );
  const last = page.at(-1);
  if (!last) return reply;
  const { at, id } = positionOf(last);
  const next = `${at},${id}`;
  return { ...reply, headers: { searchAfterValue: next, searchAfterValues: next } };
}

function positionIn(cursor: string): Position {
  const [, time, id = ""] = /^(\d{1,16}),(.+)$/.exec(cursor) ?? [];
  if (time !== undefined) return { at: Number(time), id };
  const problem = { where: "query/searchAfterValues", what: "is not a cursor of this call" };
  throw new VendorError({ kind: "invalid", problem });
}

export const compareIds = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
