import { describe, expect, it } from "vitest";
import { isAddition, nearestErrors } from "../../../src/server/spec/nearest-errors.ts";
import type { SchemaError } from "../../../src/server/spec/schema-error.ts";

const error = (schemaPath: string, instancePath = ""): SchemaError => ({
  schemaPath,
  instancePath,
  keyword: schemaPath.split("/").at(-1) ?? "",
  params: {},
});

describe("the errors of a value without alternatives", () => {
  it("are all kept", () => {
    const errors = [error("#/required"), error("#/properties/a/type", "/a")];
    expect(nearestErrors(errors)).toEqual(errors);
  });
});

describe("of alternatives", () => {
  const choice = error("#/oneOf");

  it("the one with the fewest errors is taken, beside what else is wrong", () => {
    const near = error("#/oneOf/1/required");
    const outside = error("#/required");
    const far = [error("#/oneOf/0/required"), error("#/oneOf/0/properties/a/type", "/a")];
    expect(nearestErrors([outside, ...far, near, choice])).toEqual([outside, near]);
  });

  it("one with additions only fits better than one with a wrong type", () => {
    const additions = [
      error("#/oneOf/1/additionalProperties"),
      error("#/oneOf/1/x/additionalProperties", "/x"),
    ];
    const found = nearestErrors([error("#/oneOf/0/type"), ...additions, choice]);
    expect(found).toEqual(additions);
    expect(found.every(isAddition)).toBe(true);
  });

  it("each item of a list has its own choice", () => {
    const at = (item: number, index: number): SchemaError =>
      error(`#/items/anyOf/${index}/type`, `/${item}`);
    const errors = [0, 1].flatMap((item) => [
      at(item, 0),
      at(item, 1),
      error("#/items/anyOf", `/${item}`),
    ]);
    expect(nearestErrors(errors)).toEqual([at(0, 0), at(1, 0)]);
  });

  it("those within an alternative are chosen from as well", () => {
    const inner = error("#/oneOf/0/anyOf");
    const near = error("#/oneOf/0/anyOf/1/additionalProperties");
    const errors = [error("#/oneOf/0/anyOf/0/type"), near, inner, error("#/oneOf/1/type"), choice];
    expect(nearestErrors(errors)).toEqual([near]);
  });

  it("more than one that fits is the choice's own error", () => {
    expect(nearestErrors([choice])).toEqual([choice]);
  });
});
