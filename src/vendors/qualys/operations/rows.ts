import { json, nothing, type Reply } from "../../../core/reply.ts";
import type { Call } from "../../../core/vendor.ts";
import { settingsOf } from "../settings.ts";
import { selected } from "./attributes.ts";

type Row = Readonly<Record<string, unknown>>;

/** A list of rows with the attributes that the query asks for. An empty one is `[]`, or a 204 by the setting `emptyLists`. */
export function rowsOrNothing(rows: readonly Row[], { query, tenant }: Call): Reply {
  if (rows.length === 0 && settingsOf(tenant).emptyLists === "204") return nothing();
  return json(rows.map((row) => selected(row, query)));
}
