import { isNode, type Node, partAt } from "./responses.ts";

/** The formats that the server checks, and those that its validator knows by itself. */
const FORMATS = ["date-time", "uuid", "int32", "int64", "float", "double", "byte"];

/** Members for human readers, and members that the validator does not know. */
const LEFT_OUT = [
  "example",
  "examples",
  "description",
  "discriminator",
  "xml",
  "externalDocs",
  "$schema",
  "$id",
];

/** Members whose own members have free names. */
const NAMED = [
  "properties",
  "patternProperties",
  "$defs",
  "definitions",
  "content",
  "paths",
  "responses",
  "schemas",
];

/** Members that hold any value. */
const VALUES = ["default", "enum", "const"];

/**
 * A part of a document with its schemas as JSON Schema, which OpenAPI 3.0 differs from. Members that only requests or only
 * replies have are not required. Formats and patterns that the validator cannot read are left out.
 */
export function checkable(given: unknown, root: Node): unknown {
  const walk = (node: unknown, isNamed: boolean, trail: readonly string[] = []): unknown => {
    if (Array.isArray(node)) return node.map((one) => walk(one, false, trail));
    if (!isNode(node)) return node;
    const reference = node["$ref"];
    // The document's paths have moved.
    if (typeof reference === "string" && reference.startsWith("#/paths/") && !isNamed) {
      return trail.includes(reference)
        ? {}
        : walk(partAt(root, reference.slice(1))?.node, false, [...trail, reference]);
    }
    const kept = Object.entries(node).filter(
      ([name, value]) => isNamed || (!LEFT_OUT.includes(name) && value !== undefined),
    );
    const copy = Object.fromEntries(
      kept.map(([name, value]) => [
        name,
        !isNamed && VALUES.includes(name)
          ? value
          : walk(value, !isNamed && NAMED.includes(name), trail),
      ]),
    );
    return isNamed ? copy : asJsonSchema(copy, root);
  };
  return walk(given, false);
}

function asJsonSchema(schema: Record<string, unknown>, root: Node): Node {
  const { format, pattern, nullable, required, properties } = schema;
  if (typeof format === "string" && !FORMATS.includes(format)) delete schema["format"];
  if (typeof pattern === "string" && !isReadable(pattern)) delete schema["pattern"];
  limit(schema, "exclusiveMinimum", "minimum");
  limit(schema, "exclusiveMaximum", "maximum");
  if (Array.isArray(required) && isNode(properties)) {
    schema["required"] = required.filter((name) => !isOneSided(properties[name], root));
  }
  if (typeof nullable !== "boolean") return schema;
  delete schema["nullable"];
  return nullable ? { anyOf: [{ type: "null" }, schema] } : schema;
}

/** OpenAPI 3.0 has `exclusiveMinimum: true` beside a `minimum`. */
function limit(schema: Record<string, unknown>, exclusive: string, inclusive: string): void {
  if (typeof schema[exclusive] !== "boolean") return;
  if (schema[exclusive] && typeof schema[inclusive] === "number") {
    schema[exclusive] = schema[inclusive];
    delete schema[inclusive];
  } else delete schema[exclusive];
}

/** In the mode in which the validator reads it. */
function isReadable(pattern: string): boolean {
  try {
    return new RegExp(pattern, "u") instanceof RegExp;
  } catch {
    return false;
  }
}

function isOneSided(property: unknown, root: Node): boolean {
  if (!isNode(property)) return false;
  const reference = property["$ref"];
  const node =
    typeof reference === "string" ? partAt(root, reference.slice("#".length))?.node : property;
  return node?.["readOnly"] === true || node?.["writeOnly"] === true;
}
