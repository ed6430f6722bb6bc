import { expect, it } from "vitest";
import { KitError } from "../../src/core/errors.ts";
import { bytes, eventStream, json, nothing, text } from "../../src/core/reply.ts";

it("a reply is a 200 with the cause ok by default", () => {
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

it("a reply of bytes has them unchanged", () => {
  const body = new Uint8Array([1, 2]);
  expect(bytes(body, "application/zip", { headers: { a: "b" } })).toEqual({
    status: 200,
    cause: "ok",
    headers: { a: "b" },
    contentType: "application/zip",
    bytes: body,
  });
});

it("a reply without a body is a 204 by default", () => {
  expect(nothing()).toEqual({ status: 204, cause: "ok", headers: {}, contentType: "" });
  expect(nothing({ status: 304 }).status).toBe(304);
});

it("a reply of events stays open, and has no other content", () => {
  const source = (): (() => void) => () => {};
  expect(eventStream(source)).toEqual({
    status: 200,
    cause: "ok",
    headers: {},
    contentType: "text/event-stream",
    events: source,
  });
});

it("a reply contains its fault, if there is one", () => {
  const fault = { kind: "broken-json" } as const;
  for (const reply of [json({}, { fault }), text("", "text/plain", { fault })]) {
    expect(reply.fault).toBe(fault);
  }
  for (const reply of [json({}, { fault: undefined }), text("", "text/plain")]) {
    expect(reply).not.toHaveProperty("fault");
  }
});
