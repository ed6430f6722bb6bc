/** A path of a recording, with `{id}` in place of each part that names one object. */
export function templateOf(path: string): {
  readonly template: string;
  readonly names: readonly string[];
} {
  const names: string[] = [];
  const segments = path.split("/").map((segment) => {
    if (!isId(segment)) return segment;
    const name = names.length === 0 ? "id" : `id${names.length + 1}`;
    names.push(name);
    return `{${name}}`;
  });
  return { template: segments.join("/"), names };
}

/** A number, a UUID, a hash, or a long text with digits. `v1` and `get_incidents` are none of these. */
const isId = (segment: string): boolean =>
  /^\d+$/.test(segment) ||
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(segment) ||
  (segment.length >= 12 && /\d/.test(segment) && /^[\w.~%=-]+$/.test(segment));

/** `postIncidentsGetIncidents`: the method, and the last two parts of the path that are no ids. */
export function operationIdFor(
  method: string,
  template: string,
  taken: ReadonlySet<string>,
): string {
  const words = template
    .split("/")
    .filter((segment) => segment !== "" && !segment.startsWith("{"))
    .slice(-2)
    .flatMap((segment) => segment.split(/[^A-Za-z0-9]+/))
    .filter((word) => word !== "");
  const name = words.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`).join("");
  const first = `${method.toLowerCase()}${name}`;
  for (let number = 1; ; number++) {
    const id = number === 1 ? first : `${first}${number}`;
    if (!taken.has(id)) return id;
  }
}
