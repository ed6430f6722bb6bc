import { expect, it } from "vitest";
import { KitError } from "../../src/core/errors.ts";
import { json, text } from "../../src/core/reply.ts";

it("a reply is a 200 that is all right unless it says otherwise", () => {
  expect(json({ a: 1 })).toEqual({
    status: 200,
    cause: "ok",
    headers: {},
    contentType: "application/json",
    value: { a: 1 },
  });
  expect(
    text("hello", "text/plain", { status: 500, cause: "failure", headers: { a: "b" } }),
  ).toEqual({
    status: 500,
    cause: "failure",
    headers: { a: "b" },
    contentType: "text/plain",
    text: "hello",
  });
});

it.each([null, 0, "", false])("%j is a JSON value to reply with", (value) => {
  expect(json(value).value).toBe(value);
});

it("undefined is none", () => {
  expect(() => json(undefined)).toThrow(new KitError("a JSON reply needs a value"));
});
