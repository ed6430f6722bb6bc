import { expect, it } from "vitest";
import { KitError } from "../../../src/core/errors.ts";
import { readDocument, wrongAt } from "../../../src/server/also/read-document.ts";
import { fileWith, YAML } from "../../support/also.ts";

it("reads YAML, and names file, line and place", () => {
  const file = fileWith(YAML);
  const read = readDocument(file, 0);
  expect(read.definition["openapi"]).toBe("3.0.3");
  expect(read.placeOf("/paths/~1public_api~1v1~1distributions~1get_versions/post")).toBe(
    `${file}, line 5, /paths/~1public_api~1v1~1distributions~1get_versions/post`,
  );
});

it("reads JSON, also in a file of another name and behind a byte-order mark", () => {
  const file = fileWith('\ufeff{\n "openapi": "3.1.0" }', "also.txt");
  const read = readDocument(file, 0);
  expect(read.definition).toEqual({ openapi: "3.1.0" });
  expect(read.placeOf("/openapi")).toBe(`${file}, line 2, /openapi`);
});

it("leaves dates as the text that they are", () => {
  const read = readDocument(fileWith("at: 2026-01-31\n"), 0);
  expect(read.definition).toEqual({ at: "2026-01-31" });
});

it("takes a document itself, which has no lines", () => {
  const definition = { openapi: "3.0.3" };
  const read = readDocument(definition, 2);
  expect(read.definition).toBe(definition);
  expect(wrongAt(read, "/paths", "it has no paths").message).toBe(
    "The OpenAPI document is not valid at also[2], /paths: it has no paths.",
  );
});

it.each([
  ["a: [1", "also.yaml", " is not YAML at line 2, column 1: "],
  ["a: 1\n b: 2", "also.yaml", " is not YAML at line 2, column 3: "],
  ['{\n "a": 1,\n}', "also.json", " is not JSON at line 3, column 1: "],
  ["[1]", "also.yaml", " must contain an object, such as openapi: 3.0.3"],
  ["", "also.yaml", " must contain an object, such as openapi: 3.0.3"],
  ["just words", "also.yaml", " must contain an object, such as openapi: 3.0.3"],
])("refuses %j in %s, and says where it is wrong", (text, name, message) => {
  const file = fileWith(text, name);
  expect(() => readDocument(file, 0)).toThrow(KitError);
  expect(() => readDocument(file, 0)).toThrow(`The OpenAPI document ${file}${message}`);
});

it("refuses a file that is not there, and a folder", () => {
  expect(() => readDocument("/nowhere/also.yaml", 0)).toThrow(
    "The OpenAPI document /nowhere/also.yaml cannot be read: there is no such file.",
  );
  expect(() => readDocument("/", 0)).toThrow("The OpenAPI document / cannot be read: EISDIR.");
});
