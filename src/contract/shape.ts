/** What a value is made of, without what it says: types, and those names that are known to be no one's data. */
export function shapeOf(value: unknown, names: ReadonlySet<string>): unknown {
  if (value === null) return "null";
  if (Array.isArray(value)) return union(value.map((element) => shapeOf(element, names)));
  if (typeof value !== "object") return typeof value;
  const members = new Map<string, unknown[]>();
  for (const [name, member] of Object.entries(value)) {
    const shown = names.has(name) ? name : "*";
    members.set(shown, [...(members.get(shown) ?? []), shapeOf(member, names)]);
  }
  return Object.fromEntries(
    [...members].map(([name, shapes]) => [name, shapes.length === 1 ? shapes[0] : union(shapes)]),
  );
}

/** A list of the shapes that occur, each once. */
const union = (shapes: readonly unknown[]): unknown[] =>
  [...new Set(shapes.map((shape) => JSON.stringify(shape)))].map((text) => JSON.parse(text));

/** A JSON pointer in which names that may be somebody's data are a star; another place as it is. */
export const pointerOf = (place: string, names: ReadonlySet<string>): string =>
  place.startsWith("/")
    ? place.replace(/[^/]+/g, (step) => (names.has(step) || /^\d{1,4}$/.test(step) ? step : "*"))
    : place;
