import { expect, it } from "vitest";
import { readAlsoSources } from "../../src/core/also-document.ts";
import { KitError } from "../../src/core/errors.ts";

it.each([
  ["a file", "a.yaml", ["a.yaml"]],
  ["several files", ["a.yaml", "cortex=b.json"], ["a.yaml", "cortex=b.json"]],
  ["a document", [{ openapi: "3.0.3" }], [{ openapi: "3.0.3" }]],
  ["nothing", [], []],
])("takes %s", (_, value, read) => {
  expect(readAlsoSources(value)).toEqual(read);
});

it.each([
  [[""], 0],
  [["a.yaml", null], 1],
  [["a.yaml", {}, ["b.yaml"]], 2],
])("refuses %j, and says which one is wrong", (value, index) => {
  expect(() => readAlsoSources(value)).toThrow(
    new KitError(
      `also[${index}] must be the name of an OpenAPI file, or an OpenAPI document as a JSON object.`,
    ),
  );
});

it.each([5, null, { openapi: "3.0.3" }])("refuses %j, which is no list", (value) => {
  expect(() => readAlsoSources(value)).toThrow(
    new KitError("also must be a list of OpenAPI files, or of OpenAPI documents."),
  );
});
