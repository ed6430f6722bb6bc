/** One more step of a JSON pointer (RFC 6901). */
export const below = (pointer: string, ...names: readonly (string | number)[]): string =>
  names.reduce<string>(
    (path, name) => `${path}/${String(name).replaceAll("~", "~0").replaceAll("/", "~1")}`,
    pointer,
  );

/** The names of a JSON pointer. A fragment (`#/components/x`) may have percent-encoded characters. */
export const pointerSteps = (pointer: string): string[] =>
  pointer
    .split("/")
    .slice(1)
    .map((name) => (/[%~]/.test(name) ? unescaped(name) : name));

/** The value at a JSON pointer. Undefined if there is none. */
export const valueAt = (root: unknown, pointer: string): unknown =>
  pointerSteps(pointer).reduce<unknown>(
    (node, name) =>
      typeof node === "object" && node !== null && Object.hasOwn(node, name)
        ? (node as Readonly<Record<string, unknown>>)[name]
        : undefined,
    root,
  );

const unescaped = (name: string): string =>
  decoded(name).replaceAll("~1", "/").replaceAll("~0", "~");

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
