/// <reference path="./js-yaml.d.ts" />
import { CORE_SCHEMA, load } from "js-yaml";
import { pointerSteps } from "../../core/json/pointer.ts";

interface Child {
  /** Where the value, or the white space before it, begins. */
  readonly position: number;
  readonly value: unknown;
}

/**
 * Returns a function that finds the line, from 1, of the value at a JSON pointer, or of the nearest one above it.
 * Reads the text a second time, so it is for errors only.
 */
export function lineFinder(text: string): (pointer: string) => number | undefined {
  const childrenOf = new WeakMap<object, readonly Child[]>();
  const open: { readonly position: number; readonly children: Child[] }[] = [];
  let root: unknown;
  try {
    root = load(text, {
      schema: CORE_SCHEMA,
      json: true,
      listener: (event, { position, result }) => {
        if (event === "open") return void open.push({ position, children: [] });
        const ended = open.pop();
        if (!ended) return;
        const isNew = typeof result === "object" && result !== null && !childrenOf.has(result);
        // The reader opens some objects twice, and the outer time has no keys.
        if (isNew) childrenOf.set(result, ended.children);
        open.at(-1)?.children.push({ position: ended.position, value: result });
      },
    });
  } catch {
    return () => undefined;
  }
  return (pointer) => {
    let node = root;
    let at = 0;
    for (const name of pointerSteps(pointer)) {
      const children = typeof node === "object" && node !== null ? childrenOf.get(node) : undefined;
      const found = children && childAt(node, children, name);
      if (!found) break;
      at = found.position;
      node = (node as Readonly<Record<string, unknown>>)[name];
    }
    return lineAt(text, at);
  };
}

/** The line, from 1, of what follows the white space and comments at a position. */
function lineAt(text: string, position: number): number {
  const [skipped = ""] = /^(\s|#.*)*/.exec(text.slice(position)) ?? [];
  return text.slice(0, position + skipped.length).split("\n").length;
}

/** The item of a list, or the key of an object: keys and values take turns. */
const childAt = (node: unknown, children: readonly Child[], name: string): Child | undefined =>
  Array.isArray(node)
    ? children[Number(name)]
    : children.find(({ value }, index) => index % 2 === 0 && String(value) === name);
