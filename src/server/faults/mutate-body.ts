import { KitError } from "../../core/errors.ts";
import { isObject } from "../../core/json/is-object.ts";

/** A value that no enumeration has. */
const UNKNOWN_VALUE = "FAUXDR_UNHEARD_OF";

type Path = readonly (string | number)[];

/** Replaces the first enumerated value, or the value at `at`, by an unknown one. */
export function withUnknownEnum(value: unknown, schema: unknown, at?: string): unknown {
  const path = at === undefined ? enumerated(value, schema) : existing(value, at);
  if (!path) {
    throw new KitError(
      'The fault unknown-enum found no enumerated value in this reply: name one with "at".',
    );
  }
  return put(value, path, () => UNKNOWN_VALUE);
}

/** Adds a field to every object. */
export function withExtraFields(value: unknown): unknown {
  const more = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(more);
    if (!isObject(part)) return part;
    const fields = Object.entries(part).map(([name, child]) => [name, more(child)]);
    return { ...Object.fromEntries(fields), fauxdr_extra: { unheard: ["of"] } };
  };
  const extended = more(value);
  if (JSON.stringify(extended) !== JSON.stringify(value)) return extended;
  throw new KitError("The fault extra-fields found no object in this reply.");
}

/** Turns numbers into strings and strings of digits into numbers, everywhere or at `at`. */
export function withDriftedTypes(value: unknown, at?: string): unknown {
  const path = at === undefined ? [] : existing(value, at);
  const drifted = put(value, path, drift);
  if (JSON.stringify(drifted) !== JSON.stringify(value)) return drifted;
  throw new KitError(
    "The fault type-drift found neither a number nor a string of digits in this reply.",
  );
}

function drift(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(drift);
  if (isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, drift(child)]));
  }
  if (typeof value === "number") return String(value);
  return typeof value === "string" && /^-?(0|[1-9]\d{0,14})$/.test(value) ? Number(value) : value;
}

function existing(value: unknown, at: string): Path {
  const path = at
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  let found = value;
  for (const step of path) {
    // Not hasOwn: it would find the length of an array, which is not in the JSON.
    const isMember = Object.prototype.propertyIsEnumerable;
    if (typeof found !== "object" || found === null || !isMember.call(found, step)) {
      throw new KitError(`The fault changes ${at}, which this reply does not have.`);
    }
    found = (found as Record<string, unknown>)[step];
  }
  return path;
}

function put(value: unknown, path: Path, change: (old: unknown) => unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return change(value);
  if (Array.isArray(value)) {
    return value.map((child, index) => (index === Number(step) ? put(child, rest, change) : child));
  }
  const object = value as Record<string, unknown>;
  return { ...object, [step]: put(object[step], rest, change) };
}

/** The path of the first enumerated value: depth first, in the order of the reply. */
function enumerated(value: unknown, schema: unknown): Path | undefined {
  if (!isObject(schema)) return undefined;
  if (Array.isArray(schema["enum"]) && typeof value === "string") return [];
  for (const word of ["allOf", "oneOf", "anyOf"]) {
    for (const member of Array.isArray(schema[word]) ? schema[word] : []) {
      const found = enumerated(value, member);
      if (found) return found;
    }
  }
  const children = Array.isArray(value)
    ? value.map((child, index) => [index, child, schema["items"]] as const)
    : isObject(value)
      ? Object.entries(value).map(([name, child]) => [name, child, memberOf(schema, name)] as const)
      : [];
  for (const [step, child, own] of children) {
    const found = enumerated(child, own);
    if (found) return [step, ...found];
  }
  return undefined;
}

function memberOf(schema: Record<string, unknown>, name: string): unknown {
  const properties = schema["properties"];
  return isObject(properties) && Object.hasOwn(properties, name)
    ? properties[name]
    : schema["additionalProperties"];
}
