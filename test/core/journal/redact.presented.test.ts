import { describe, expect, it } from "vitest";
import { REDACTED, redactor } from "../../../src/core/journal/redact.ts";

const KEY = "fauxdr-standard-key";
const clean = redactor([KEY]);
const JSON_BODY = (fields: object): string => JSON.stringify(fields);

describe("an unknown value that a request uses as a credential", () => {
  it.each<[string, string, Record<string, string>, string, string[]]>([
    ["a header", "/", { authorization: "somebodys-key" }, "", ["somebodys-key"]],
    [
      "a header with a scheme before it",
      "/",
      { Authorization: "Bearer abcdefgh" },
      "",
      ["abcdefgh"],
    ],
    ["a header's parts", "/", { cookie: "a=11111111; b=22222222" }, "", ["11111111", "22222222"]],
    ["a query", "/?x=1&api_key=in%20the%20url", {}, "", ["in the url"]],
    ["a member of a body", "/", {}, JSON_BODY({ a: [{ password: 'pa"ss/word' }] }), ['pa"ss/word']],
    ["a number in a body", "/", {}, '{"client_secret": 1234567890}', ["1234567890"]],
    [
      "no other member",
      "/",
      {},
      '{"note":"a long text","password":"a long word"}',
      ["a long word"],
    ],
    ["a form", "/", {}, "username=jane&password=form+word", ["form word"]],
    [
      "all of them",
      "/?token=from-the-url",
      { "x-api-key": "from-a-header" },
      JSON_BODY({ secret: "from-a-body" }),
      ["from-a-header", "from-the-url", "from-a-body"],
    ],
  ])("is found in %s", (_where, url, headers, body, found) => {
    expect(clean.presented(url, headers, body)).toEqual(found);
  });

  it.each<[string, string, Record<string, string | undefined>, string]>([
    ["a header that carries none", "/", { "user-agent": "somebodys-client" }, ""],
    ["a header without a value", "/", { authorization: undefined }, ""],
    ["a known key", "/", { authorization: `Bearer ${KEY}` }, JSON_BODY({ password: KEY })],
    ["a text too short to be looked for", "/?token=string", { authorization: "Bearer" }, ""],
    ["other members", "/?note=a-long-text", {}, JSON_BODY({ note: "a long text", n: 123456789 })],
    ["a text that breaks off", "/", {}, '{"password":"breaks off in the midd'],
    ["nothing at all", "", {}, ""],
  ])("is not %s", (_what, url, headers, body) => {
    expect(clean.presented(url, headers, body)).toEqual([]);
  });
});

it("a known key of two words is not presented in its parts", () => {
  const key = "first-part second-part";
  expect(redactor([key]).presented("/", { authorization: key }, "")).toEqual([]);
});

describe("with what was presented", () => {
  const more = clean.with(["somebodys-key"]);

  it("both that and all that was known before are hidden, in every spelling", () => {
    expect(more.text(`somebodys-key, somebodys%2Dkey, ${KEY}`)).toBe(
      `${REDACTED}, ${REDACTED}, ${REDACTED}`,
    );
    expect(more.text("/somebodys-key?x=somebodys-key")).toBe(`/${REDACTED}?x=${REDACTED}`);
    expect(more.headers({ "x-note": "a somebodys-key" })).toEqual({ "x-note": `a ${REDACTED}` });
  });

  it("the one before is as it was", () => {
    expect(clean.text("somebodys-key")).toBe("somebodys-key");
  });

  it("and with nothing more it is the same", () => {
    expect(clean.with([])).toBe(clean);
  });

  it("nothing is presented twice", () => {
    expect(more.presented("/", { authorization: "somebodys-key" }, "")).toEqual([]);
  });
});

describe("secrets in a list or an object", () => {
  it.each([
    ['{"tokens":["one-token","another-one"],"a":1}', `{"tokens":"${REDACTED}","a":1}`],
    ['{"refresh_tokens":["one-token"]}', `{"refresh_tokens":"${REDACTED}"}`],
    ['{"api-keys" : ["one-key"]}', `{"api-keys" : "${REDACTED}"}`],
    ['{"tokensOfAll":["one-token"]}', `{"tokensOfAll":"${REDACTED}"}`],
    ['{"apiKeys": {"first": "one-token"}}', `{"apiKeys": "${REDACTED}"}`],
    ['{"tokens":["one-token","anoth', `{"tokens":"${REDACTED}"`],
  ])("are hidden with it: %s", (text, hidden) => {
    expect(clean.text(text)).toBe(hidden);
  });

  it("are looked for elsewhere as well", () => {
    for (const name of ["tokens", "refresh_tokens"]) {
      const body = `{"${name}":["one-token"]}`;
      expect(clean.presented("/", {}, body), name).toEqual(["one-token"]);
    }
  });

  it("a list with another name is searched", () => {
    expect(clean.text('{"filters":[{"password":"x"}]}')).toBe(
      `{"filters":[{"password":"${REDACTED}"}]}`,
    );
  });

  it("a parameter in a text of a body ends with the text", () => {
    expect(clean.text('{"link":"http://x/?token=abc","b":2}')).toBe(
      `{"link":"http://x/?token=${REDACTED}","b":2}`,
    );
  });
});
