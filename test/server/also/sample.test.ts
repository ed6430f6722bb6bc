import { expect, it } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { sampleOf } from "../../../src/server/also/sample.ts";
import type { Json } from "../../support/also.ts";

const sample = (schema: unknown, schemas: Json = {}, seed = "a"): unknown =>
  sampleOf({ components: { schemas } }, schema, createRandom(seed));

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

it.each<[Json, unknown]>([
  [{ type: "string", example: "mine" }, "mine"],
  [{ type: "string", examples: ["first", "second"] }, "first"],
  [{ type: "integer", default: 7 }, 7],
  [{ const: "fixed" }, "fixed"],
  [{ enum: ["low", "high"] }, "low"],
  [{ type: "integer", example: "no number" }, 1],
  [{ type: "boolean" }, true],
  [{ type: ["null", "string"] }, "text"],
  [{ type: "null" }, null],
  [{ type: "string", minLength: 6 }, "textxx"],
  [{ type: "string", maxLength: 2 }, "te"],
  [{ type: "string", format: "date-time" }, "2026-01-31T12:00:00Z"],
  [{ type: "integer", minimum: 10 }, 10],
  [{ type: "integer", minimum: 10, exclusiveMinimum: true }, 11],
  [{ type: "integer", exclusiveMinimum: 10 }, 11],
  [{ type: "number", maximum: -3 }, -3],
  [{ type: "integer", minimum: 7, multipleOf: 5 }, 10],
  [{ type: "integer", maximum: 9, multipleOf: 10 }, 0],
  [{ type: "array", items: { type: "string" } }, ["text"]],
  [{ items: { type: "string" }, minItems: 2 }, ["text", "text"]],
  [{ type: "array", maxItems: 0, items: {} }, []],
  [{ type: "object", required: ["a"] }, { a: {} }],
  [{ oneOf: [{ type: "null" }, { type: "boolean" }] }, true],
  [{ anyOf: [{ type: "integer" }] }, 1],
  [{}, {}],
])("makes of %j the value %j", (schema, value) => {
  expect(sample(schema)).toEqual(value);
});

it("joins the parts of an allOf, and the first alternative with them", () => {
  const schema = {
    allOf: [ref("Named"), { properties: { size: { type: "integer" } } }],
    oneOf: [{ required: ["kind"], properties: { kind: { enum: ["a"] } } }],
  };
  const schemas = { Named: { type: "object", properties: { name: { type: "string" } } } };
  expect(sample(schema, schemas)).toEqual({ name: "text", size: 1, kind: "a" });
});

it("leaves out what only requests have", () => {
  const properties = { id: { type: "string" }, password: { type: "string", writeOnly: true } };
  expect(sample({ properties })).toEqual({ id: "text" });
});

it("ends where a schema contains itself", () => {
  const schemas = {
    Tree: {
      properties: { name: { type: "string" }, up: ref("Tree"), down: { items: ref("Tree") } },
    },
  };
  expect(sample(ref("Tree"), schemas)).toEqual({ name: "text", down: [] });
});

it("is null where no value can end", () => {
  const schemas = { Loop: { required: ["next"], properties: { next: ref("Loop") } } };
  expect(sample(ref("Loop"), schemas)).toBe(null);
});

it.each(["uuid", "email", "uri", "hostname", "ipv4", "ipv6"])(
  "makes the same %s of the same seed, and another of another",
  (format) => {
    const schema = { type: "string", format };
    expect(sample(schema)).toBe(sample(schema));
    expect(sample(schema)).not.toBe(sample(schema, {}, "b"));
  },
);
