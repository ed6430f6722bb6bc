import { VendorError } from "../../../core/errors.ts";
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
export interface Searched<Row> {
  /** In the order in which they are read. */
  readonly rows: readonly Row[];
  readonly positionOf: (row: Row) => Position;
  /** Negative if a row comes before a position, positive if it comes after it. */
  readonly compare: (row: Row, position: Position) => number;
  readonly show: (row: Row) => Readonly<Record<string, unknown>>;
}

/** The page after a cursor. The reply has the next cursor under both spellings of its header. */
export function searchAfter<Row>(call: Call, searched: Searched<Row>): Reply {
  const { query } = call;
  const { rows, positionOf, compare, show } = searched;
  const size = Number(query["pageSize"] ?? 10);
  const cursor = query["searchAfterValues"];
  const start =
    cursor === undefined
      ? Number(query["pageNumber"] ?? 0) * size
      : indexAfter(positionIn(String(cursor)), rows, compare);
  const page = rows.slice(start, start + size);
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

/** The index after the row that a cursor names. The row itself may no longer exist. */
function indexAfter<Row>(
  position: Position,
  rows: readonly Row[],
  compare: Searched<Row>["compare"],
): number {
  const index = rows.findIndex((row) => compare(row, position) > 0);
  return index < 0 ? rows.length : index;
}

export const compareIds = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
