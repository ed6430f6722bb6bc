import { describe, expect, it } from "vitest";
import { NOT_SHOWN, REDACTED, redactor } from "../../../src/core/journal/redact.ts";
import type { Known } from "../../../src/core/journal/secret-names.ts";

const KNOWN: Known = {
  headers: new Set(["x-known"]),
  keyIds: new Set(["x-key-id"]),
  parameters: new Set(["page"]),
  fields: new Set(["data", "field", "value", "comment", "key"]),
  segments: new Set(["api", "v1", "things"]),
};
const KEY = "a-key-of-our-own";
const clean = redactor([KEY], KNOWN);
const JSON_TYPE = { "content-type": "application/json" };

const bodyOf = (body: string, headers: Record<string, string> = JSON_TYPE): string | undefined =>
  clean.request("POST", "/", headers, body).body;
const urlOf = (url: string): string => clean.request("GET", url, {}, "").url;
const headersOf = (headers: Record<string, string>): Record<string, string> =>
  clean.request("GET", "/", headers, "").headers;

describe("what a document names is shown as it was sent", () => {
  it.each([
    '{ "data" : {"field":"a", "value":["b", 1, null]},\n"comment": "x=1&y" }',
    "[]",
    "{}",
    "true",
    '[{"field":"a"}]',
    "",
  ])("%s", (body) => {
    expect(bodyOf(body)).toBe(body);
  });

  it("also from a truncated body, as far as it goes", () => {
    expect(bodyOf('{"data":{"field":"as far as')).toBe('{"data":{"field":"as far as');
    expect(bodyOf('{"data":{"fie')).toBe('{"data":{"fie');
  });

  it("in a URL, a header and a form", () => {
    expect(urlOf("/api/x?page=2")).toBe("/api/x?page=2");
    expect(headersOf({ "x-known": "a", accept: "*/*", "x-key-id": "12" })).toEqual({
      "x-known": "a",
      accept: "*/*",
      "x-key-id": "12",
    });
    expect(bodyOf("comment=a+b&page=1", {})).toBe("comment=a+b&page=1");
  });
});

describe("unknown values are hidden, and not called credentials", () => {
  it.each([
    ['{"other":"x","data":1}', `{"other":"${NOT_SHOWN}","data":1}`],
    ['{"other":{"field":"x"}}', `{"other":"${NOT_SHOWN}"}`],
    ['{"other":12345678,"more":true}', `{"other":"${NOT_SHOWN}","more":true}`],
    ['["x"]', `["${NOT_SHOWN}"]`],
    ['"x"', `"${NOT_SHOWN}"`],
    ["12", `"${NOT_SHOWN}"`],
    ['{"A1b2C3d4E5f6":1}', `{"${NOT_SHOWN}":"${NOT_SHOWN}"}`],
    ['{"data":1} behind it', `{"data":1} ${NOT_SHOWN}`],
    ["{'data': 1}", `{${NOT_SHOWN}`],
    ["other=x&comment=y", `other=${NOT_SHOWN}&comment=y`],
  ])("%s becomes %s", (body, shown) => {
    expect(bodyOf(body)).toBe(shown);
  });

  it("in a URL and a header", () => {
    expect(urlOf("/api/x?other=1&page=2")).toBe(`/api/x?other=${NOT_SHOWN}&page=2`);
    expect(headersOf({ "x-other": "1" })).toEqual({ "x-other": NOT_SHOWN });
  });

  it("unless it is a known key in the wrong place: that is called what it is", () => {
    expect(bodyOf(`{"other":"see ${KEY}"}`)).toBe(`{"other":"${REDACTED}"}`);
    expect(urlOf(`/?other=${KEY}`)).toBe(`/?other=${REDACTED}`);
    expect(headersOf({ "x-other": KEY })).toEqual({ "x-other": REDACTED });
  });

  it.each([
    ["XML", "<a>1</a>"],
    ["prose", "a line of text"],
    ["bytes", "\u0000\u0001"],
    [
      "too many secrets",
      JSON.stringify({ password: Array.from({ length: 30 }, (_, n) => `secret-${n}`) }),
    ],
  ])("a body of %s is not shown at all", (_, body) => {
    expect(bodyOf(body)).toBeUndefined();
  });
});

describe("a credential", () => {
  it.each([
    ["/?key=abc", `/?key=${REDACTED}`],
    ["http://bob:pass@host/api", `http://${REDACTED}@host/api`],
    ["bob:pass@host:443", `${REDACTED}@host:443`],
  ])("in %s is shown as %s", (url, shown) => {
    expect(urlOf(url)).toBe(shown);
  });

  it("in the place of its number is hidden, and wherever it is repeated", () => {
    const shown = clean.request("GET", "/", { "x-key-id": "SOMEBODYS-real-key" }, "");
    expect(shown.headers).toEqual({ "x-key-id": REDACTED });
    expect(shown.rest.text("There is no key SOMEBODYS-real-key.")).toBe(
      `There is no key ${REDACTED}.`,
    );
  });

  it("packed by Basic is hidden where the body repeats it", () => {
    const authorization = `Basic ${Buffer.from("bob:correct-horse").toString("base64")}`;
    const { body } = clean.request(
      "POST",
      "/",
      { ...JSON_TYPE, authorization },
      '{"comment":"correct-horse"}',
    );
    expect(body).toBe(`{"comment":"${REDACTED}"}`);
  });
});

describe("before the body is there", () => {
  const open = clean.request(
    "POST",
    "/api/v1/somebodys?page=x",
    { "user-agent": "a", accept: "b" },
    "",
    true,
  );

  it("only what the documents name of a URL is shown, and no header of free text", () => {
    expect(open.url).toBe(`/api/v1/${NOT_SHOWN}?page=${NOT_SHOWN}`);
    expect(open.headers).toEqual({ "user-agent": NOT_SHOWN, accept: "b" });
  });
});
