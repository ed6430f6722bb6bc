import { below, valueAt } from "../../core/json/pointer.ts";
import type { Node } from "./responses.ts";

/** Members that hold any value, which is not part of the document. */
const VALUES = ["example", "value", "default", "enum", "const"];

/** Members whose own members have free names. */
const NAMED = ["properties", "patternProperties", "$defs", "definitions", "schemas", "examples"];

/** Calls `visit` for each object of a document that is not inside an example. */
export function walkDocument(root: unknown, visit: (node: Node, pointer: string) => void): void {
  const walk = (node: unknown, pointer: string, isNamed: boolean): void => {
    if (typeof node !== "object" || node === null) return;
    if (!Array.isArray(node) && !isNamed) visit(node as Node, pointer);
    for (const [name, child] of Object.entries(node)) {
      if (!isNamed && (VALUES.includes(name) || name.startsWith("x-"))) continue;
      walk(child, below(pointer, name), !isNamed && NAMED.includes(name));
    }
  };
  walk(root, "", false);
}

/** The first reference that does not lead to a place of the document. */
export function strangeReference(
  root: Node,
): { readonly pointer: string; readonly what: string } | undefined {
  let found: { readonly pointer: string; readonly what: string } | undefined;
  walkDocument(root, (node, pointer) => {
    const reference = node["$ref"];
    if (found || typeof reference !== "string") return;
    const at = below(pointer, "$ref");
    if (!reference.startsWith("#/")) {
      const what = `it refers to ${reference}, outside this file; bundle the document into one file first`;
      found = { pointer: at, what };
    } else if (valueAt(root, reference.slice(1)) === undefined) {
      found = { pointer: at, what: `it refers to ${reference}, which is not there` };
    }
  });
  return found;
}
