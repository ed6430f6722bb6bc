/** The structure of a value without its content: types, and the member names that cannot be data. */
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

/** The different shapes, each once. */
const union = (shapes: readonly unknown[]): unknown[] =>
  [...new Set(shapes.map((shape) => JSON.stringify(shape)))].map((text) => JSON.parse(text));

/** Replaces names that may be data by a star in a JSON pointer. Other places stay unchanged. */
export const pointerOf = (place: string, names: ReadonlySet<string>): string =>
  place.startsWith("/")
    ? place.replace(/[^/]+/g, (step) => (names.has(step) || /^\d{1,4}$/.test(step) ? step : "*"))
    : place;
