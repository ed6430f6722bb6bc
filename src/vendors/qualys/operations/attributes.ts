type Row = Readonly<Record<string, unknown>>;

/**
 * Applies `include_attributes` and `exclude_attributes` to a row. A name selects members at any depth, a path one
 * member, and a name after an underscore a member of the row itself. The row's id always stays.
 */
export function selected(row: Row, query: Readonly<Record<string, unknown>>): Row {
  const included = namesIn(query["include_attributes"]);
  const excluded = namesIn(query["exclude_attributes"]);
  const some = included.size > 0 ? only(row, included, "") : row;
  return excluded.size > 0 ? without(some, excluded, "") : some;
}

const namesIn = (list: unknown): ReadonlySet<string> =>
  new Set(
    String(list ?? "")
      .split(",")
      .map((name) => name.trim())
      .filter((name) => name !== ""),
  );

/** Whether a list names a member. `path` is that of its object. */
const has = (names: ReadonlySet<string>, path: string, name: string): boolean =>
  names.has(name) || names.has(path + name) || (path === "" && names.has(`_${name}`));

const isRowId = (path: string, name: string): boolean => path === "" && name === "id";

function only(row: Row, names: ReadonlySet<string>, path: string): Row {
  const kept = Object.entries(row).flatMap(([name, value]) => {
    if (isRowId(path, name) || has(names, path, name)) return [[name, value] as const];
    const inside = deeper(value, (part) => only(part, names, `${path}${name}.`));
    return isEmpty(inside) ? [] : [[name, inside] as const];
  });
  return Object.fromEntries(kept);
}

function without(row: Row, names: ReadonlySet<string>, path: string): Row {
  const kept = Object.entries(row).flatMap(([name, value]) => {
    if (isRowId(path, name)) return [[name, value] as const];
    if (has(names, path, name)) return [];
    const inside = deeper(value, (part) => without(part, names, `${path}${name}.`));
    return [[name, inside ?? value] as const];
  });
  return Object.fromEntries(kept);
}

/** Applies it to the objects inside a member. Undefined if there are none. */
function deeper(value: unknown, change: (row: Row) => Row): unknown {
  if (Array.isArray(value)) {
    const isOfRows = value.some((item) => typeof item === "object" && item !== null);
    return isOfRows ? value.map(change).filter((part) => !isEmpty(part)) : undefined;
  }
  return typeof value === "object" && value !== null ? change(value as Row) : undefined;
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || (typeof value === "object" && Object.keys(value ?? {}).length === 0);
