import { expect, it } from "vitest";
import { pointerOf, shapeOf } from "../../src/contract/shape.ts";

const NAMES = new Set(["reply", "id", "ip", "users"]);

it.each<[unknown, unknown]>([
  ["secret", "string"],
  [5, "number"],
  [null, "null"],
  [{ id: "facade" }, { id: "string" }],
  [
    { ip: ["10.0.0.1", "10.0.0.2"], users: [] },
    { ip: ["string"], users: [] },
  ],
  [
    [{ id: 1 }, { id: "1" }, { id: 2 }],
    [{ id: "number" }, { id: "string" }],
  ],
])("the shape of %j has no value", (value, shape) => {
  expect(shapeOf(value, NAMES)).toEqual(shape);
});

it("has a star in place of a name that may be somebody's id", () => {
  const value = { reply: { facade01: "PENDING", facade02: "FAILED", facade03: null } };
  expect(shapeOf(value, NAMES)).toEqual({ reply: { "*": ["string", "null"] } });
  expect(pointerOf("/reply/facade01/0/id", NAMES)).toBe("/reply/*/0/id");
  expect(pointerOf("/reply/1234/12345/7a/x7", NAMES)).toBe("/reply/1234/*/*/*");
  expect(pointerOf("header/content-type", NAMES)).toBe("header/content-type");
});
