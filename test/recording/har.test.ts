import { expect, it } from "vitest";
import { KitError } from "../../src/core/errors.ts";
import { readHar } from "../../src/recording/har.ts";
import { harOf } from "../support/recorded.ts";

const read = (text: string) => readHar(text, "a.har");

it("reads requests and replies", () => {
  const headers = { "X-Key": "a" };
  const { calls, unanswered } = read(
    harOf({ url: "https://a.test/x?y=1", headers, body: { a: 1 }, reply: { b: 2 } }),
  );
  expect(calls).toEqual([
    {
      method: "POST",
      url: new URL("https://a.test/x?y=1"),
      headers: { "x-key": "a" },
      body: '{"a":1}',
      reply: { status: 200, mimeType: "application/json", text: '{"b":2}' },
    },
  ]);
  expect(unanswered).toBe(0);
});

it("counts the calls without a reply", () => {
  expect(read(harOf({ url: "https://a.test/x", status: 0 }))).toEqual({ calls: [], unanswered: 1 });
});

it("reads a body in base64, and a type without its parameters", () => {
  const text = Buffer.from("héllo").toString("base64");
  const entry = {
    request: { method: "get", url: "http://a.test/" },
    response: {
      status: 200,
      content: { mimeType: "Text/Plain; charset=utf-8", text, encoding: "base64" },
    },
  };
  const [call] = read(JSON.stringify({ log: { entries: [entry] } })).calls;
  expect(call).toMatchObject({ method: "GET", reply: { mimeType: "text/plain", text: "héllo" } });
});

const entries = (...all: unknown[]) => JSON.stringify({ log: { entries: all } });

it.each([
  ["{", "The recording a.har is not JSON at line 1, column 2."],
  ["[]", "The recording a.har is not an HTTP Archive: it has no log.entries."],
  ['{"log":{}}', "The recording a.har is not an HTTP Archive: it has no log.entries."],
  [
    entries({}),
    "The recording is not valid at a.har, /log/entries/0: the request has no method or URL.",
  ],
  [
    entries({ request: { method: "GET", url: "/x" }, response: { status: 200 } }),
    "The recording is not valid at a.har, /log/entries/0: the request has no method or URL.",
  ],
  [
    entries({ request: { method: "GET", url: "http://a.test/" } }),
    "The recording is not valid at a.har, /log/entries/0: the response has no status.",
  ],
])("refuses %s, and says what is wrong", (text, message) => {
  expect(() => read(text)).toThrow(new KitError(message));
});
