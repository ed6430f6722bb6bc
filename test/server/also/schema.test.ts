import { expect, it } from "vitest";
import { checkable } from "../../../src/server/also/schema.ts";
import type { Json } from "../../support/also.ts";

it.each<[string, Json, Json]>([
  [
    "a nullable value",
    { type: "string", nullable: true, enum: ["a"] },
    { anyOf: [{ type: "null" }, { type: "string", enum: ["a"] }] },
  ],
  ["one that is not", { type: "string", nullable: false }, { type: "string" }],
  [
    "an exclusive limit of 3.0",
    { minimum: 1, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: false },
    { exclusiveMinimum: 1, maximum: 9 },
  ],
  ["one of 3.1", { exclusiveMinimum: 1 }, { exclusiveMinimum: 1 }],
  ["a format that nobody checks", { format: "email" }, {}],
  ["a format that is checked", { format: "uuid" }, { format: "uuid" }],
  ["a pattern of another language", { pattern: "(?i)a" }, {}],
  ["a pattern", { pattern: "^a$" }, { pattern: "^a$" }],
  ["what people read", { description: "a", example: 1, xml: {} }, {}],
  [
    "values, which are no schemas",
    { default: { nullable: true }, enum: [{ example: 1 }] },
    { default: { nullable: true }, enum: [{ example: 1 }] },
  ],
  [
    "fields that have names of keywords",
    { properties: { example: { type: "string" }, format: { nullable: true } } },
    { properties: { example: { type: "string" }, format: { anyOf: [{ type: "null" }, {}] } } },
  ],
  [
    "a field that only requests or replies have",
    {
      required: ["a", "b", "c"],
      properties: { a: { readOnly: true }, b: { $ref: "#/components/schemas/Secret" }, c: {} },
    },
    {
      required: ["c"],
      properties: { a: { readOnly: true }, b: { $ref: "#/components/schemas/Secret" }, c: {} },
    },
  ],
])("writes %s as JSON Schema", (_, schema, written) => {
  const root = { components: { schemas: { Secret: { type: "string", writeOnly: true } } } };
  expect(checkable(schema, root)).toEqual(written);
});

it("puts a schema of another path where it is used, and ends where it contains itself", () => {
  const pointer = "#/paths/~1x/schema";
  const root = {
    paths: { "/x": { schema: { type: "object", properties: { up: { $ref: pointer } } } } },
  };
  expect(checkable({ $ref: pointer }, root)).toEqual({
    type: "object",
    properties: { up: {} },
  });
});
