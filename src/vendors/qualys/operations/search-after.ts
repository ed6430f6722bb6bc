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
  const placed = rows.map((row) => ({ row, position: positionOf(row) }));
  const after = cursor === undefined ? undefined : positionIn(String(cursor));
  // The row that a cursor names may no longer exist.
  const left = after ? placed.filter(({ position }) => compare(position, after) > 0) : placed;
  const inOrder = firstInOrder(left, start + size, (a, b) => compare(a.position, b.position));
  const page = inOrder.slice(start);
  const reply = rowsOrNothing(
    page.map(({ row }) => show(row)),
    call,
  );
  const last = page.at(-1);
  if (!last) return reply;
  const { at, id } = last.position;
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
