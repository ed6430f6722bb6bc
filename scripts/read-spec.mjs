// Reads specs/<name>/openapi.yaml for the build, the docs and the tests: with all aliases expanded.
import { readFileSync } from "node:fs";
import { parse } from "yaml";

/** A document with its aliases expanded. Throws for invalid YAML or a wrong alias. */
export const readSpec = (name) =>
  expandAliases(
    parse(readFileSync(new URL(`../specs/${name}/openapi.yaml`, import.meta.url), "utf8"), {
      // Our own documents may repeat a schema as often as they need.
      maxAliasCount: -1,
    }),
  );

/** Members that an alias must have itself, because two paths of one call may have different evidence. */
const REQUIRED = ["operationId", "summary", "description", "x-basis", "x-source"];

/** Members that an alias never inherits. */
const OWN = new Set([...REQUIRED, "x-note"]);

/**
 * Replaces each operation with `x-alias-of: <operationId>` by a copy of that operation. The members of the alias
 * override the copy: objects are merged, everything else is replaced. The evidence is always that of the alias.
 */
export function expandAliases(document) {
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([, member]) => isObject(member))
      .map(([method, operation]) => ({ at: `${method.toUpperCase()} ${path}`, operation })),
  );
  const byId = new Map();
  for (const { at, operation } of operations) {
    const id = operation.operationId;
    if (byId.has(id)) throw new Error(`${at}: another operation has the operationId "${id}".`);
    byId.set(id, operation);
  }
  const expanded = new Map(
    operations.map(({ at, operation }) => [operation, expand(at, operation, byId)]),
  );
  const expandMembers = (members) =>
    mapMembers(members, (member) => expanded.get(member) ?? member);
  return { ...document, paths: mapMembers(document.paths, expandMembers) };
}

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

const mapMembers = (object, change) =>
  Object.fromEntries(Object.entries(object).map(([name, member]) => [name, change(member)]));

function expand(at, operation, byId) {
  const { "x-alias-of": target, ...own } = operation;
  if (target === undefined) return operation;
  const original = byId.get(target);
  if (!original) throw new Error(`${at}: x-alias-of names an unknown operation, "${target}".`);
  if ("x-alias-of" in original) {
    throw new Error(`${at}: "${target}" is an alias too. Name the operation that it stands for.`);
  }
  const missing = REQUIRED.filter((name) => !(name in own));
  if (missing.length > 0) throw new Error(`${at}: an alias needs its own ${missing.join(", ")}.`);
  const shared = Object.entries(original).filter(([name]) => !OWN.has(name) || name in own);
  return overlay(at, Object.fromEntries(shared), own);
}

function overlay(at, under, over) {
  if (!isObject(under) || !isObject(over)) return over;
  const merged = { ...under };
  for (const [name, value] of Object.entries(over)) {
    merged[name] = name in under ? overlay(`${at}, ${name}`, under[name], value) : value;
  }
  // A reference has no other members: they would be ignored.
  if ("$ref" in merged && Object.keys(merged).length > 1) {
    throw new Error(`${at}: a $ref and other members cannot be merged. Write the whole object.`);
  }
  return merged;
}
