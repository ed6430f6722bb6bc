import { expect, it } from "vitest";
import { KitError } from "../../src/core/errors.ts";
import { events, json, text } from "../../src/core/reply.ts";

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

it("a reply of events goes on, and has no other content", () => {
  const source = (): (() => void) => () => {};
  expect(events(source)).toEqual({
    status: 200,
    cause: "ok",
    headers: {},
    contentType: "text/event-stream",
    events: source,
  });
});

it("what is to happen to a reply goes with it; where nothing is, nothing is said of it", () => {
  const fault = { kind: "broken-json" } as const;
  expect(json({}, { fault }).fault).toBe(fault);
  expect(json({}, { fault: undefined })).not.toHaveProperty("fault");
});
