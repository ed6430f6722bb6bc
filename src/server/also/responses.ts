import { below, valueAt } from "../../core/json/pointer.ts";

export type Node = Readonly<Record<string, unknown>>;

export const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A part of a document, and its place. A `$ref` has been followed. */
export interface Part {
  readonly node: Node;
  readonly pointer: string;
}

/** Follows references inside the document. Undefined if one of them leads nowhere, or back to itself. */
export function partAt(root: Node, pointer: string): Part | undefined {
  const seen = new Set<string>();
  for (let at = pointer; !seen.has(at); ) {
    const node = valueAt(root, at);
    if (!isNode(node)) return undefined;
    const reference = node["$ref"];
    if (typeof reference !== "string") return { node, pointer: at };
    seen.add(at);
    at = reference.slice("#".length);
  }
  return undefined;
}

/** The parts below a pointer, by name. */
export const partsIn = (
  root: Node,
  { node, pointer }: Part,
  name: string,
): readonly (readonly [name: string, part: Part])[] =>
  Object.entries((node[name] ?? {}) as Node).flatMap(([child, value]) => {
    const part = partOf(root, value, below(pointer, name, child));
    return part ? [[child, part] as const] : [];
  });

/** The part whose node is known. Most are no references, and need no search from the root. */
export const partOf = (root: Node, node: unknown, pointer: string): Part | undefined =>
  isNode(node) && typeof node["$ref"] !== "string" ? { node, pointer } : partAt(root, pointer);

/**
 * The responses of an operation by status. `2XX` stands for 200 and so on, `default` for 200 where the document lists no
 * other success.
 */
export function responsesOf(root: Node, operation: Part): ReadonlyMap<number, Part> {
  const parts = partsIn(root, operation, "responses");
  const found = new Map<number, Part>();
  for (const [status, part] of parts) {
    if (/^[1-5]\d\d$/.test(status)) found.set(Number(status), part);
  }
  for (const [status, part] of parts) {
    const first = /^([1-5])XX$/i.exec(status)?.[1];
    const code = Number(`${first}00`);
    if (first !== undefined && !found.has(code)) found.set(code, part);
  }
  const fallback = parts.find(([status]) => status === "default")?.[1];
  const succeeds = [...found.keys()].some((status) => status >= 200 && status < 300);
  if (fallback && !succeeds) found.set(200, fallback);
  return found;
}

/** A media type without its parameters. Wildcards stand for JSON. */
export const mediaType = (key: string): string => {
  const type = key.split(";")[0]?.trim().toLowerCase() ?? "";
  return type === "*/*" || type === "application/*" ? "application/json" : type;
};

export const isJsonType = (type: string): boolean => /[/+]json$/.test(type);

/** Whether a response of this status has no body. */
export const isBodiless = (status: number): boolean => status === 204 || status === 304;
