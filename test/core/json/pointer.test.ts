import { expect, it } from "vitest";
import { below, pointerSteps, valueAt } from "../../../src/core/json/pointer.ts";

const ROOT = { paths: { "/a~b/{id}": { get: [{ name: null }] } } };
const POINTER = "/paths/~1a~0b~1{id}/get/0";

it("escapes the names that RFC 6901 does", () => {
  expect(below("/paths", "/a~b/{id}", "get", 0)).toBe(POINTER);
  expect(pointerSteps(POINTER)).toEqual(["paths", "/a~b/{id}", "get", "0"]);
});

it("reads a percent-encoded fragment", () => {
  expect(pointerSteps("/paths/~1a%20b")).toEqual(["paths", "/a b"]);
  expect(pointerSteps("/100%")).toEqual(["100%"]);
});

it.each([
  [POINTER, { name: null }],
  [`${POINTER}/name`, null],
  ["", ROOT],
])("finds the value at %j", (pointer, value) => {
  expect(valueAt(ROOT, pointer)).toEqual(value);
});

it.each(["/missing", `${POINTER}/name/deeper`, "/constructor", "/paths/toString"])(
  "finds nothing at %s",
  (pointer) => {
    expect(valueAt(ROOT, pointer)).toBeUndefined();
  },
);
