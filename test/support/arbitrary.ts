import fc from "fast-check";
import { follow, isJson, type Json } from "./specs.ts";

/** Depth beyond which lists and optional members are left out: schemas may refer to themselves. */
const DEEP = 6;

/** Values that fit a schema of a document, as far as its words are known here; most others are near misses. */
export function fitting(schema: unknown, document: Json, depth = 0): fc.Arbitrary<unknown> {
  const node = follow(schema, document);
  if (!isJson(node)) return fc.jsonValue();
  const choices = (node["oneOf"] ?? node["anyOf"]) as unknown[] | undefined;
  if (choices) return fc.oneof(...choices.map((choice) => fitting(choice, document, depth + 1)));
  if (Array.isArray(node["allOf"])) {
    const parts = node["allOf"].map((part) => fitting(part, document, depth + 1));
    return fc
      .tuple(...parts)
      .map((all) => (all.every(isJson) ? Object.assign({}, ...all) : all[0]));
  }
  if (Array.isArray(node["enum"])) return fc.constantFrom(...node["enum"]);
  switch (node["type"]) {
    case "object":
      return objects(node, document, depth);
    case "array": {
      const { minItems = 0, maxItems = 4 } = node as { minItems?: number; maxItems?: number };
      if (depth > DEEP) return fc.constant([]);
      return fc.array(fitting(node["items"], document, depth + 1), {
        minLength: minItems,
        maxLength: Math.max(minItems, Math.min(maxItems, 4)),
      });
    }
    case "integer":
      return fc.integer({
        min: Number(node["minimum"] ?? -5),
        max: Number(node["maximum"] ?? 5000),
      });
    case "number":
      return fc.double({ min: Number(node["minimum"] ?? -5), max: 1e6, noNaN: true });
    case "boolean":
      return fc.boolean();
    case "string":
      return strings(node);
    default:
      return fc.jsonValue();
  }
}

function objects(node: Json, document: Json, depth: number): fc.Arbitrary<unknown> {
  const members = Object.entries((node["properties"] ?? {}) as Json)
    .filter(([name]) => depth <= DEEP || (node["required"] as string[])?.includes(name))
    .map(([name, schema]) => [name, fitting(schema, document, depth + 1)] as const);
  return fc.record(Object.fromEntries(members), {
    requiredKeys: ((node["required"] ?? []) as string[]).filter((name) =>
      members.some(([known]) => known === name),
    ),
  });
}

/** Ids of the inventories, so that some calls name a machine that exists. */
const KNOWN = [
  "facade00000000000000000000000001",
  "facade00-0000-4000-8000-000000000001",
  "821845a2ff1859c9be6a5b708ace61b8",
  "9589ad4e-670a-460a-8d69-43184b3df1a7",
  "1001",
  "0".repeat(64),
];

function strings(node: Json): fc.Arbitrary<string> {
  switch (node["format"]) {
    case "uuid":
      return fc.uuid();
    case "date-time":
      return fc
        .date({ min: new Date("2000-01-01"), max: new Date("2100-01-01"), noInvalidDate: true })
        .map((date) => date.toISOString());
    default: {
      const { minLength = 0, maxLength = 40 } = node as { minLength?: number; maxLength?: number };
      const any = fc.string({ minLength, maxLength: Math.max(minLength, Math.min(maxLength, 60)) });
      const pattern = node["pattern"];
      if (typeof pattern === "string") return fc.stringMatching(new RegExp(pattern));
      return fc.oneof(
        fc.constantFrom(...KNOWN),
        any,
        fc.string({ unit: "grapheme", maxLength: 10 }),
      );
    }
  }
}

/** A JSON text of a value, or of something that was done to it: a member more, fewer, of another type; a broken end. */
export const spoilt = (value: fc.Arbitrary<unknown>): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 6, arbitrary: value.map((one) => JSON.stringify(one) ?? "") },
    { weight: 2, arbitrary: fc.tuple(value, fc.nat(), fc.jsonValue()).map(replaced) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(value, fc.nat(200))
        .map(([one, at]) => (JSON.stringify(one) ?? "").slice(0, at)),
    },
    { weight: 1, arbitrary: fc.json({ maxDepth: 4 }) },
    { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 60 }) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        "",
        "null",
        "[]",
        "{}",
        '"text"',
        "[".repeat(200),
        '{"a":1,"a":2}',
      ),
    },
  );

/** A value with its nth member, counted through, in place of which another value stands. */
function replaced([value, nth, by]: [unknown, number, unknown]): string {
  let count = 0;
  JSON.stringify(value, (_, member) => {
    count++;
    return member;
  });
  const chosen = nth % Math.max(1, count);
  let at = 0;
  return JSON.stringify(value, (_, member) => (at++ === chosen ? by : member)) ?? "null";
}
