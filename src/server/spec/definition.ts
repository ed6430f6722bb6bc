import { readFileSync } from "node:fs";
import { KitError } from "../../core/errors.ts";
import { valueAt } from "../../core/json/pointer.ts";
import type { Service } from "../../core/vendor.ts";

/** The part of an OpenAPI document that the server reads itself. openapi-backend reads the rest. */
export interface Definition {
  readonly paths: Record<string, Record<string, { readonly operationId?: string }>>;
  readonly security?: readonly Record<string, readonly string[]>[];
  readonly "x-unmatched"?: { readonly responses: Record<string, unknown> };
}

/** The operationId under which replies to unmatched requests are checked. */
export const UNMATCHED = "(unmatched)";

/** The documents that were read. They do not change while a process runs. */
const known = new Map<string, Definition>();

/** Reads a service's document. Throws a KitError if its operations and the service's functions do not match. */
export function readDefinition({ name, spec, operations }: Service): Definition {
  const definition = known.get(spec.href) ?? (JSON.parse(readFileSync(spec, "utf8")) as Definition);
  known.set(spec.href, definition);
  const ids = Object.values(definition.paths).flatMap((item) =>
    Object.values(item).flatMap(({ operationId }) => operationId ?? []),
  );
  for (const id of ids) {
    if (!Object.hasOwn(operations, id)) {
      throw new KitError(`${name}: the operation ${id} of the spec has no function`);
    }
  }
  for (const id of Object.keys(operations)) {
    if (!ids.includes(id)) throw new KitError(`${name}: the spec has no operation ${id}`);
  }
  return definition;
}

/** Reduces a document to the wire form that these words describe. See `wireWords`. */
export function inWireForm(definition: Definition, words: readonly string[]): Definition {
  const narrowed = narrow(definition, words, definition) as Definition;
  // A path no request can have, so that replies to unmatched requests are checked like all others.
  const responses = narrowed["x-unmatched"]?.responses ?? {};
  const paths = {
    ...narrowed.paths,
    [UNMATCHED]: { trace: { operationId: UNMATCHED, responses } },
  };
  return { ...narrowed, paths };
}

type Node = Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Drops members of a `oneOf` and media types whose `x-wire` is not one of the words. Where a basis is a map by words,
 * keeps the one that applies. Replaces the members of a schema that `x-when` gives for one of the words.
 */
function narrow(value: unknown, words: readonly string[], document: unknown): unknown {
  const spoken = (member: unknown): boolean => {
    const mark = (follow(member, document) as Node)["x-wire"];
    return mark === undefined || words.includes(mark as string);
  };
  /** Copies only what changes, which is little: copying all of a document takes as long as a hundred calls. */
  const walk = (node: unknown, key: string): unknown => {
    if (Array.isArray(node)) {
      const members = key === "oneOf" ? node.filter(spoken) : node;
      const walked = members.map((member) => walk(member, ""));
      return walked.length === node.length && walked.every((member, at) => member === node[at])
        ? node
        : walked;
    }
    if (!isNode(node)) return node;
    if (key === "basis" || key === "x-basis") {
      const word = words.find((candidate) => candidate in node);
      if (word !== undefined) return node[word];
    }
    const source = node["x-when"] ? changed(node, words) : node;
    let copy: Record<string, unknown> | undefined;
    for (const name of Object.keys(source)) {
      const child = source[name];
      const isDropped = key === "content" && !spoken(child);
      const walked = isDropped ? undefined : walk(child, name);
      if (walked === child) continue;
      copy ??= { ...source };
      if (isDropped) delete copy[name];
      else copy[name] = walked;
    }
    return copy ?? source;
  };
  return walk(value, "");
}

/** A schema with the members that it has in this wire form. */
function changed({ "x-when": changes, ...schema }: Node, words: readonly string[]): Node {
  const own = changes as Readonly<Record<string, Node>>;
  return Object.assign(schema, ...words.map((word) => own[word]));
}

function follow(node: unknown, document: unknown): unknown {
  const reference = isNode(node) ? node["$ref"] : undefined;
  if (typeof reference !== "string") return node;
  return valueAt(document, reference.slice("#".length)) ?? node;
}
