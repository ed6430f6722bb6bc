import { expect, it } from "vitest";
import { lineFinder } from "../../../src/server/also/lines.ts";

const YAML = `openapi: 3.0.3
paths:
  /name:
    get:
      parameters:
        - in: name
          name: in
        - { in: query,
            name: other }
      responses:
        200: { description: name }
`;

it.each([
  ["", 1],
  ["/openapi", 1],
  ["/paths/~1name", 3],
  ["/paths/~1name/get/parameters/0/name", 7],
  ["/paths/~1name/get/parameters/1/in", 8],
  ["/paths/~1name/get/parameters/1/name", 9],
  ["/paths/~1name/get/responses/200", 11],
])("finds %j in line %i", (pointer, line) => {
  expect(lineFinder(YAML)(pointer)).toBe(line);
});

it("finds the nearest line above a place that is not there", () => {
  expect(lineFinder(YAML)("/paths/~1name/get/responses/404/content")).toBe(10);
});

it("reads JSON too, with tabs", () => {
  const text = JSON.stringify({ a: { b: [1, { c: "d" }] } }, undefined, "\t");
  expect(lineFinder(text)("/a/b/1/c")).toBe(6);
});

it("knows no line of a text that it cannot read", () => {
  expect(lineFinder("a: [")("/a")).toBeUndefined();
});
