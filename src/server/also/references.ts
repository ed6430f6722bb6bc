import { below, valueAt } from "../../core/json/pointer.ts";
import type { Node } from "./responses.ts";

/** Members that hold any value, which is not part of the document. */
const VALUES = new Set(["example", "value", "default", "enum", "const"]);

/** Members whose own members have free names. */
const NAMED = new Set([
  "properties",
  "patternProperties",
  "$defs",
  "definitions",
  "schemas",
  "examples",
]);

export interface StrangeReference {
  readonly pointer: string;
  readonly what: string;
}

/** The first reference that does not lead to a place of the document, outside of examples. */
export function strangeReference(root: Node): StrangeReference | undefined {
  /** From the reference up to the root: large documents have no time for a pointer to each place. */
  const steps: string[] = [];
  const search = (node: object, isNamed: boolean): string | undefined => {
    const reference = isNamed ? undefined : (node as Node)["$ref"];
    const own = typeof reference === "string" ? problemWith(reference, root) : undefined;
    if (own !== undefined) steps.push("$ref");
    if (own !== undefined) return own;
    for (const name of Object.keys(node)) {
      const child = (node as Node)[name];
      // Most members are no objects, and cost nothing more.
      if (typeof child !== "object" || child === null) continue;
      if (!isNamed && (VALUES.has(name) || name.startsWith("x-"))) continue;
      const found = search(child, !isNamed && NAMED.has(name));
      if (found === undefined) continue;
      steps.push(name);
      return found;
    }
    return undefined;
  };
  const what = search(root, false);
  return what === undefined ? undefined : { pointer: below("", ...steps.toReversed()), what };
}

function problemWith(reference: string, root: Node): string | undefined {
  if (!reference.startsWith("#/")) {
    return `it refers to ${reference}, outside this file; bundle the document into one file first`;
  }
  const isThere = valueAt(root, reference.slice("#".length)) !== undefined;
  return isThere ? undefined : `it refers to ${reference}, which is not there`;
}
