import { fc, it as property } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { NOT_SHOWN, REDACTED, type Redactor, redactor } from "../../../src/core/journal/redact.ts";

const KEY = "fauxdr-standard-key";
/** A new one each time: what it has seen before makes it quicker, and nothing else. */
const clean = (): Redactor => redactor([KEY, 'pass word/ü+%"\\x']);

describe("a header that carries credentials by its name", () => {
  it.each([
    "authorization",
    "Authorization",
    "proxy-authorization",
    "x-authorization",
    "cookie",
    "set-cookie",
    "x-xdr-nonce",
    "x-api-key",
    "x-apikey",
    "client-secret",
    "x-auth-token",
    "x-password",
  ])("%s is hidden, whatever it holds", (name) => {
    expect(clean().headers({ [name]: "nobody knows this one" })).toEqual({ [name]: REDACTED });
  });

  it.each([
    ["x-xdr-auth-id", "1"],
    ["x-xdr-timestamp", "1769860800000"],
    ["content-type", "application/json"],
    ["user-agent", "token-fetcher/1.0"],
    ["cookie-policy", "none"],
    ["nonce-count", "1"],
    ["token-type", "bearer"],
    ["authorization-info", "expired"],
  ])("%s is kept: it carries none", (name, value) => {
    expect(clean().headers({ [name]: value })).toEqual({ [name]: value });
  });

  it("a known key in the wrong header is hidden, and the rest of the header kept", () => {
    expect(clean().headers({ "x-xdr-auth-id": `id ${KEY};` })).toEqual({
      "x-xdr-auth-id": `id ${REDACTED};`,
    });
  });

  it("headers are their own, though the names are those of the ones before", () => {
    const same = clean();
    expect(same.headers({ a: "1", b: "2" })).toEqual({ a: "1", b: "2" });
    expect(same.headers({ a: "1", b: "3" })).toEqual({ a: "1", b: "3" });
    expect(same.headers({ a: "1", c: "3" })).toEqual({ a: "1", c: "3" });
  });

  it("a header without a value is an empty text", () => {
    expect(clean().headers({ accept: undefined })).toEqual({ accept: "" });
  });
});

describe("a URL", () => {
  it.each([
    [
      "/auth?username=jane&password=unknown-one&x=1",
      `/auth?username=jane&password=${REDACTED}&x=1`,
    ],
    ["/auth?access_token=a%20b#top", `/auth?access_token=${REDACTED}#top`],
    ["/auth?apiKey=", `/auth?apiKey=${REDACTED}`],
    [`/${KEY}/x`, `/${REDACTED}/x`],
    ["/%66auxdr-standard-ke%79", `/${REDACTED}`],
    ["/?q=pass+word%2F%C3%BC%2b%25%22%5cx&r=1", `/?q=${REDACTED}&r=1`],
    ["/?q=pass%20word/%c3%bc+%25%22%5Cx", `/?q=${REDACTED}`],
    ["/ioc/v1?user=jane&comment=a=b", "/ioc/v1?user=jane&comment=a=b"],
  ])("%s is kept as %s", (url, kept) => {
    expect(clean().text(url)).toBe(kept);
  });

  it("so is a form-encoded body, from its first field on", () => {
    expect(clean().text("password=unknown-one&username=jane&token=true")).toBe(
      `password=${REDACTED}&username=jane&token=${REDACTED}`,
    );
  });
});

describe("a text", () => {
  it.each([
    ['{"password": "a \\"b\\" c", "user": "x"}', `{"password": "${REDACTED}", "user": "x"}`],
    ['{"client_secret" : 123456, "a": 1}', `{"client_secret" : "${REDACTED}", "a": 1}`],
    ['{"api-key":"x","note":"a=b"}', `{"api-key":"${REDACTED}","note":"a=b"}`],
    ['{"user":"x","password":"breaks off he', `{"user":"x","password":"${REDACTED}"`],
    ['{"password":"breaks off\\', `{"password":"${REDACTED}"`],
    ['12" wide, {"token":"x"}', `12" wide, {"token":"${REDACTED}"}`],
    [`no JSON: ${KEY}, ${KEY}!`, `no JSON: ${REDACTED}, ${REDACTED}!`],
    ['pass word/ü+%"\\x.', `${REDACTED}.`],
    ['{"note":"FAUXDR-STANDARD-KEY"}', `{"note":"${REDACTED}"}`],
    ['{"note":"pass word/\\u00FC+%\\"\\\\x"}', `{"note":"${REDACTED}"}`],
    ['{"note":"\\u0070ass word\\/ü+%\\u0022\\u005cx"}', `{"note":"${REDACTED}"}`],
    ['{"file_path":"C:\\\\temp","user":"x"}', '{"file_path":"C:\\\\temp","user":"x"}'],
  ])("%s is kept as %s", (text, kept) => {
    const same = clean();
    expect(same.text(text)).toBe(kept);
    expect(same.text(text)).toBe(kept);
  });
});

it("a secret that holds another one is hidden whole, in every spelling", () => {
  const both = redactor(["abcdef", "abcdef ghi"]);
  expect(both.text("abcdef ghi, abcdef%20ghi, abcdef\\u0020ghi, abcdef.")).toBe(
    `${REDACTED}, ${REDACTED}, ${REDACTED}, ${REDACTED}.`,
  );
});

it.each(["/fauxdr%2Dstandard-key", "/fauxdr\\u002dstandard-key", "/fauxdr-standard-ke%79"])(
  "a secret of plain letters is hidden in the spelling %s",
  (text) => {
    expect(redactor([KEY]).text(text)).toBe(`/${REDACTED}`);
  },
);

it.each([
  ["abcdef12", "100%abcdef12", "100%"],
  ["2541bcdef", "100%2541bcdef", "100%"],
  ["abcdef12", "\\u00abcdef12", "\\u00"],
  ["5cbcdef1", "a%5cbcdef1", "a%"],
  ["00\0\0\0\0\0\0", "x%00%00%00%00%00%00%00", "x%"],
  ["ab€ü\\ef12", "%ab%E2%82%ac\\u00fc%5cef12", "%"],
])(
  "the secret %j is hidden in %s, where an escape seems to take its first letters",
  (secret, text, before) => {
    expect(redactor([secret]).text(`${text}, ${text}`)).toBe(
      `${before}${REDACTED}, ${before}${REDACTED}`,
    );
  },
);

it("secrets that overlap are hidden whole", () => {
  expect(redactor(["100%abcdef", "abcdef12"]).text("100%abcdef12.")).toBe(`${REDACTED}.`);
});

it("a secret with control characters is hidden where JSON writes them", () => {
  const secret = "a\b\f\n\r\t\u0001z";
  expect(redactor([secret]).text(JSON.stringify({ note: secret }))).toBe(`{"note":"${REDACTED}"}`);
});

it("a text that takes too many comparisons is not shown at all", () => {
  expect(redactor(["baaaaaaa"]).text("a".repeat(20_000))).toBe(NOT_SHOWN);
});

it("a token at the start of a line is hidden", () => {
  expect(redactor([]).text("first\neyJhbGciOiJub25lIn0.e30.c2ln")).toBe(`first\n${REDACTED}`);
});

it("a redactor for more secrets finds them too", () => {
  const more = redactor([KEY]).with(["another-secret"]);
  expect([KEY, "another-secret", "neither"].map((text) => more.finds(text))).toEqual([
    true,
    true,
    false,
  ]);
});

it("a secret of fewer than six characters is not removed from texts", () => {
  expect(redactor(["five5", ""]).text("five5 is here")).toBe("five5 is here");
});

it("without any secret known, only names hide", () => {
  const none = redactor([]);
  expect(none.text(`{"a":"${KEY}","token":"x"}`)).toBe(`{"a":"${KEY}","token":"${REDACTED}"}`);
});

describe("any secret, anywhere", () => {
  const secrets = fc.string({ unit: "binary", minLength: 6, maxLength: 20 });
  const around = fc.string({ unit: fc.constantFrom(...'ab%+\\"{}:=&?/ nu0f2'), maxLength: 8 });

  const percentEncoded = (secret: string): string[] => {
    const form = new URLSearchParams([["", secret]]).toString().slice(1);
    const everything = Array.from(
      new TextEncoder().encode(secret),
      (byte) => `%${byte.toString(16).padStart(2, "0")}`,
    ).join("");
    return [form, form.replaceAll("+", "%20"), everything, everything.toUpperCase()];
  };
  const jsonEscaped = (secret: string): string[] => {
    const written = JSON.stringify(secret).slice(1, -1);
    const ascii = written.replace(
      /[\u007f-\uffff]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
    return [written, ascii, ascii.replaceAll("/", "\\/")];
  };

  /** Search between the marks only: a mark and the text next to it can form any word. */
  const leaks = (output: string, planted: string): boolean =>
    output.split(REDACTED).some((part) => part.includes(planted));

  property.prop([secrets, around, around])("is in no output", (secret, before, after) => {
    const { text, headers } = redactor(["another secret", secret]);
    for (const planted of [secret, ...percentEncoded(secret), ...jsonEscaped(secret)]) {
      const input = `${before}${planted}${after}`;
      const outputs = [text(input), headers({ note: input })["note"] ?? ""];
      for (const output of outputs) expect(leaks(output, planted), output).toBe(false);
    }
  });
});

describe("a JSON Web Token", () => {
  const TOKEN = "eyJhbGciOiJIUzUxMiJ9.eyJzdWIiOiJqZG9lIn0.c2lnbmF0dXJl-_x";

  it.each([
    ["alone", TOKEN, REDACTED],
    ["in a text", `Bearer ${TOKEN}, please`, `Bearer ${REDACTED}, please`],
    ["in a body", `{"note":"${TOKEN}"}`, `{"note":"${REDACTED}"}`],
    ["without a signature", "eyJhIjoxfQ.eyJiIjoyfQ.", REDACTED],
  ])("is hidden %s, whoever signed it", (_where, text, hidden) => {
    expect(clean().text(text)).toBe(hidden);
    expect(clean().headers({ "x-note": text })).toEqual({ "x-note": hidden });
  });

  it.each(["eyJhbGciOiJIUzUxMiJ9", "a.b.c", "heyJ.x.y"])("is not what %s is", (text) => {
    expect(clean().text(text)).toBe(text);
  });
});
