import { readFileSync } from "node:fs";
import { KitError } from "../../core/errors.ts";
import type { WireForm } from "../../core/tenant.ts";
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

/** Reduces a document to one wire. */
export function inWireForm(definition: Definition, wire: WireForm): Definition {
  const narrowed = narrow(definition, wire, definition) as Definition;
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
 * Drops members of a `oneOf` and media types whose `x-wire` is the other wire. Where a basis is a map of both
 * wire forms, keeps the basis of this one.
 */
function narrow(value: unknown, wire: WireForm, document: unknown): unknown {
  const spoken = (member: unknown): boolean => {
    const mark = (follow(member, document) as Node)["x-wire"];
    return mark === undefined || mark === wire;
  };
  const walk = (node: unknown, key: string): unknown => {
    if (Array.isArray(node)) {
      const members = key === "oneOf" ? node.filter(spoken) : node;
      return members.map((member) => walk(member, ""));
    }
    if (!isNode(node)) return node;
    if ((key === "basis" || key === "x-basis") && wire in node) return node[wire];
    const entries = Object.entries(node);
    const kept = key === "content" ? entries.filter(([, media]) => spoken(media)) : entries;
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
