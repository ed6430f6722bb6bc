import type { Random } from "../../core/random.ts";
import { isNode, type Node, partAt } from "./responses.ts";

/** Stands for a value that a schema which contains itself would go on for ever to need. */
const ENDLESS = Symbol("endless");

/**
 * A value that fits a schema of the document: its own example, default or first allowed value where it has one, else one
 * made up. The same random source gives the same value. It is not sure to fit a `pattern` or a `not`.
 */
export function sampleOf(root: Node, schema: unknown, random: Random): unknown {
  const made = sample(schema, { root, random, trail: [] });
  return made === ENDLESS ? null : made;
}

interface Context {
  readonly root: Node;
  readonly random: Random;
  /** The references that led here. */
  readonly trail: readonly string[];
}

function sample(given: unknown, context: Context): unknown {
  if (!isNode(given)) return {};
  const reference = given["$ref"];
  if (typeof reference === "string") {
    if (context.trail.includes(reference)) return ENDLESS;
    const target = partAt(context.root, reference.slice("#".length))?.node;
    return sample(target, { ...context, trail: [...context.trail, reference] });
  }
  const schema = merged(given, context);
  const type = typeOf(schema);
  const [example] = Array.isArray(schema["examples"]) ? schema["examples"] : [];
  const { example: own = example, enum: allowed } = schema;
  for (const value of [schema["const"], own, schema["default"]]) {
    if (value !== undefined && fits(value, type)) return value;
  }
  if (Array.isArray(allowed)) return allowed[0];
  const option = [schema["oneOf"], schema["anyOf"]].flatMap((all) =>
    Array.isArray(all) ? all : [],
  );
  if (option.length > 0 && type === undefined) return firstOf(option, context);
  switch (type) {
    case "object":
      return objectOf(schema, context);
    case "array":
      return arrayOf(schema, context);
    case "string":
      return textOf(schema, context.random);
    case "integer":
    case "number":
      return numberOf(schema);
    case "boolean":
      return true;
    case "null":
      return null;
    default:
      return {};
  }
}

function firstOf(options: readonly unknown[], context: Context): unknown {
  for (const option of options) {
    const made = sample(option, context);
    if (made !== ENDLESS && made !== null) return made;
  }
  return ENDLESS;
}

/** A schema merged with those of its `allOf`, and with the first alternative that has members. */
function merged(schema: Node, context: Context): Node {
  const alternative = [schema["oneOf"], schema["anyOf"]].find(Array.isArray) as
    | unknown[]
    | undefined;
  const isOpen = schema["properties"] !== undefined || schema["type"] === "object";
  const parts = [
    ...(Array.isArray(schema["allOf"]) ? schema["allOf"] : []),
    ...(alternative && (isOpen || schema["allOf"] !== undefined) ? alternative.slice(0, 1) : []),
  ];
  if (parts.length === 0) return schema;
  const all = [schema, ...parts.map((part) => resolved(part, context))];
  const joined = Object.assign({}, ...all.toReversed()) as Record<string, unknown>;
  delete joined["allOf"];
  const properties = Object.assign({}, ...all.map((one) => one["properties"] ?? {}));
  const required = all.flatMap((one) => (one["required"] ?? []) as readonly string[]);
  return { ...joined, properties, required };
}

function resolved(part: unknown, context: Context): Node {
  const reference = isNode(part) ? part["$ref"] : undefined;
  if (typeof reference !== "string") return isNode(part) ? merged(part, context) : {};
  if (context.trail.includes(reference)) return {};
  const target = partAt(context.root, reference.slice("#".length))?.node ?? {};
  return merged(target, { ...context, trail: [...context.trail, reference] });
}

function typeOf(schema: Node): string | undefined {
  const { type } = schema;
  if (Array.isArray(type)) return type.find((one) => one !== "null") ?? "null";
  if (typeof type === "string") return type;
  if (Object.keys((schema["properties"] ?? {}) as Node).length > 0) return "object";
  if (schema["items"] !== undefined) return "array";
  return undefined;
}

/** Documents often have an example of another type than the schema. */
function fits(value: unknown, type: string | undefined): boolean {
  switch (type) {
    case undefined:
      return true;
    case "array":
      return Array.isArray(value);
    case "object":
      return isNode(value);
    case "integer":
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}

function objectOf(schema: Node, context: Context): unknown {
  const properties = (schema["properties"] ?? {}) as Readonly<Record<string, unknown>>;
  const required = (schema["required"] ?? []) as readonly string[];
  const made: Record<string, unknown> = {};
  for (const name of new Set([...Object.keys(properties), ...required])) {
    const property = properties[name];
    if (isNode(property) && property["writeOnly"] === true) continue;
    const value = sample(property ?? schema["additionalProperties"], context);
    if (value !== ENDLESS) made[name] = value;
    else if (required.includes(name)) return ENDLESS;
  }
  return made;
}

function arrayOf(schema: Node, context: Context): unknown {
  const least = Number(schema["minItems"] ?? 0);
  const most = Number(schema["maxItems"] ?? Number.POSITIVE_INFINITY);
  const made: unknown[] = [];
  while (made.length < Math.min(Math.max(least, 1), most)) {
    const item = sample(schema["items"], context);
    if (item === ENDLESS) return least === 0 ? [] : ENDLESS;
    made.push(item);
  }
  return made;
}

const FORMATS: Readonly<Record<string, (random: Random) => string>> = {
  "date-time": () => "2026-01-31T12:00:00Z",
  date: () => "2026-01-31",
  time: () => "12:00:00Z",
  email: (random) => `user-${random.hex(6)}@example.com`,
  uri: (random) => `https://example.com/${random.hex(6)}`,
  url: (random) => `https://example.com/${random.hex(6)}`,
  hostname: (random) => `host-${random.hex(6)}.example.com`,
  ipv4: (random) => `192.0.2.${random.integer(1, 254)}`,
  ipv6: (random) => `2001:db8::${random.hex(4)}`,
  uuid: (random) => random.uuid(),
  byte: () => "ZmF1eGRy",
};

function textOf(schema: Node, random: Random): string {
  const made = FORMATS[String(schema["format"])];
  if (made) return made(random);
  const least = Number(schema["minLength"] ?? 0);
  const most = Number(schema["maxLength"] ?? Number.POSITIVE_INFINITY);
  return "text".padEnd(least, "x").slice(0, most);
}

function numberOf(schema: Node): number {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  const step = typeof multipleOf === "number" ? multipleOf : 1;
  // OpenAPI 3.0 has switches where 3.1 has numbers.
  const above = exclusiveMinimum === true ? minimum : exclusiveMinimum;
  const under = exclusiveMaximum === true ? maximum : exclusiveMaximum;
  const low = typeof above === "number" ? above + step : (minimum as number | undefined);
  const high = typeof under === "number" ? under - step : (maximum as number | undefined);
  const wanted = Math.min(Math.max(1, low ?? 1), high ?? Number.POSITIVE_INFINITY);
  const up = Math.ceil(wanted / step) * step;
  return up <= (high ?? Number.POSITIVE_INFINITY) ? up : Math.floor(wanted / step) * step;
}
