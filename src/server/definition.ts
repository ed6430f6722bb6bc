import { readFileSync } from "node:fs";
import type { Dialect } from "../core/tenant.ts";

/** The part of an OpenAPI document that the server reads by itself; openapi-backend reads the rest. */
export interface Definition {
  readonly paths: Record<string, Record<string, unknown>>;
  readonly security?: readonly Record<string, readonly string[]>[];
  readonly "x-unmatched"?: { readonly responses: Record<string, unknown> };
}

/** The operationId that stands for "no operation" where replies are checked. */
export const UNMATCHED = "(unmatched)";

/** Reads a document and leaves in it what one dialect says: see `narrow`. */
export function readDefinition(spec: URL, dialect: Dialect): Definition {
  const document = JSON.parse(readFileSync(spec, "utf8")) as Definition;
  const definition = narrow(document, dialect, document) as Definition;
  // A path no request can have, so that replies to unmatched requests are checked like all others.
  definition.paths[UNMATCHED] = {
    trace: { operationId: UNMATCHED, responses: definition["x-unmatched"]?.responses ?? {} },
  };
  return definition;
}

type Node = Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Drops the members of a `oneOf` and the media types that are marked `x-dialect` for the other dialect, and takes this
 * dialect's word where a basis is a map of both.
 */
function narrow(value: unknown, dialect: Dialect, document: unknown): unknown {
  const inDialect = (member: unknown): boolean => {
    const mark = (follow(member, document) as Node)["x-dialect"];
    return mark === undefined || mark === dialect;
  };
  const walk = (node: unknown, key: string): unknown => {
    if (Array.isArray(node)) {
      const members = key === "oneOf" ? node.filter(inDialect) : node;
      return members.map((member) => walk(member, ""));
    }
    if (!isNode(node)) return node;
    if ((key === "basis" || key === "x-basis") && dialect in node) return node[dialect];
    const entries = Object.entries(node);
    const kept = key === "content" ? entries.filter(([, media]) => inDialect(media)) : entries;
    return Object.fromEntries(kept.map(([name, child]) => [name, walk(child, name)]));
  };
  return walk(value, "");
}

function follow(node: unknown, document: unknown): unknown {
  const reference = isNode(node) ? node["$ref"] : undefined;
  if (typeof reference !== "string") return node;
  return reference
    .slice("#/".length)
    .split("/")
    .reduce<unknown>((found, name) => (found as Node)[name], document);
}
