import { PATH as CORTEX } from "./cortex.ts";
import { PATH as QUALYS } from "./qualys.ts";

/** A request with an unknown secret: where it is, and how it is written. */
export interface Case {
  readonly what: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** The whole URL of the request line, where it is not the path. */
  readonly target?: string;
}

type Spelling = (text: string) => string;

const everyByte: Spelling = (text) =>
  [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
const escaped: Spelling = (text) =>
  [...text].map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`).join("");
const base64: Spelling = (text) => Buffer.from(text).toString("base64");
const plain: Spelling = (text) => text;

const IN_URLS: Readonly<Record<string, Spelling>> = {
  plain,
  "every byte encoded": everyByte,
  "encoded twice": (text) => encodeURIComponent(everyByte(text)),
};
const IN_JSON: Readonly<Record<string, Spelling>> = { plain, escaped };

const HEADERS = [
  "x-auth-key",
  "x-access-key",
  "x-auth",
  "x-passwd",
  "authorisation",
  "authorization",
  "proxy-authorization",
  "x-api-key",
  "apikey",
  "private-token",
  "x-amz-security-token",
  "x-client-secret",
  "x-signature",
  "x-session-id",
  "cookie",
  "x-xdr-auth-id",
  "x-xdr-nonce",
  "clientsecret",
  "x-of-nobody",
];

const PARAMETERS = [
  "key",
  "sig",
  "auth",
  "token",
  "access_token",
  "api_key",
  "apikey",
  "password",
  "passwd",
  "pwd",
  "client_secret",
  "client_assertion",
  "X-Amz-Signature",
  "ofNobody",
  "pass%77ord",
];

const MEMBERS = [
  "password",
  "passwd",
  "pwd",
  "passphrase",
  "private_key",
  "privateKey",
  "access_key",
  "api key",
  "credentials",
  "client_assertion",
  "secrets",
  "AUTHORIZATION",
  "refresh-token",
  "pass\\u0077ord",
  "ofNobody",
];

const SHAPES: Readonly<Record<string, (name: string, value: string) => string>> = {
  "a text": (name, value) => `{"${name}":"${value}"}`,
  "a list of objects": (name, value) => `{"${name}":[{"v":"${value}"}]}`,
  "an object in an object": (name, value) =>
    `{"request_data":{"${name}":{"value":{"v":"${value}"}}}}`,
  "JSON in a text of a known member": (name, value) =>
    `{"comment":${JSON.stringify(`{"${name}":"${value}"}`)}}`,
};

const JSON_TYPE = { "content-type": "application/json" };
const FORM = { "content-type": "application/x-www-form-urlencoded" };
const MULTIPART = { "content-type": "multipart/form-data; boundary=b0undary" };

const part = (name: string, value: string, more = ""): string =>
  `--b0undary\r\ncontent-disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n--b0undary--\r\n`;

/** Bodies that are neither JSON nor a form, and broken ones. */
const OTHERS: Readonly<Record<string, (secret: string) => Omit<Case, "what" | "path">>> = {
  "multipart, by name": (s) => ({ headers: MULTIPART, body: part("password", s) }),
  "multipart, of nobody": (s) => ({ headers: MULTIPART, body: part("ofNobody", s) }),
  "multipart, a file": (s) => ({ headers: MULTIPART, body: part("comment", s, '; filename="a"') }),
  XML: (s) => ({
    headers: { "content-type": "text/xml" },
    body: `<a><password>${s}</password></a>`,
  }),
  YAML: (s) => ({ headers: { "content-type": "text/yaml" }, body: `password: ${s}\n` }),
  text: (s) => ({ headers: { "content-type": "text/plain" }, body: `the key is ${s}` }),
  "UTF-16": (s) => ({ headers: JSON_TYPE, body: Buffer.from(`{"a":"${s}"}`, "utf16le") }),
  "bytes around it": (s) => ({
    headers: JSON_TYPE,
    body: Buffer.concat([Buffer.from([0, 255]), Buffer.from(s)]),
  }),
  "a top-level text": (s) => ({ headers: JSON_TYPE, body: JSON.stringify(s) }),
  "a top-level list": (s) => ({ headers: JSON_TYPE, body: JSON.stringify([s]) }),
  "JSON after a byte order mark": (s) => ({
    headers: JSON_TYPE,
    body: `\ufeff{"password":"${s}"}`,
  }),
  "JSON of Python": (s) => ({ headers: JSON_TYPE, body: `{'password': '${s}'}` }),
  "JSON without quotes": (s) => ({ headers: JSON_TYPE, body: `{"password": ${s}}` }),
  "JSON that breaks off": (s) => ({ headers: JSON_TYPE, body: `{"password":"${s}` }),
  "JSON that breaks off in a name": (s) => ({ headers: JSON_TYPE, body: `{"${s}` }),
  "behind JSON": (s) => ({ headers: JSON_TYPE, body: `{} ${s}` }),
  "two lines of JSON": (s) => ({ headers: JSON_TYPE, body: `{}\n{"password":"${s}"}` }),
  "a name": (s) => ({ headers: JSON_TYPE, body: JSON.stringify({ [s]: 1 }) }),
  "quotes as \\u0022": (s) => ({
    headers: JSON_TYPE,
    body: `{"comment":"{\\u0022password\\u0022:\\u0022${s}\\u0022}"}`,
  }),
  "JSON in JSON in JSON": (s) => ({
    headers: JSON_TYPE,
    body: JSON.stringify({ comment: JSON.stringify({ a: JSON.stringify({ password: s }) }) }),
  }),
  "a URL in a text": (s) => ({
    headers: JSON_TYPE,
    body: JSON.stringify({ comment: `see http://x/?token=${s}&a=b` }),
  }),
  "JSON as a form": (s) => ({ headers: FORM, body: `{"password":"${s}"}` }),
  "a form as JSON": (s) => ({ headers: JSON_TYPE, body: `password=${s}` }),
};

/** Where a secret stands that another part of the same request shows to be one. */
const AGAIN: Readonly<Record<string, (written: string) => Partial<Case>>> = {
  "the path": (s) => ({ path: `/ioc/${s}/x` }),
  "a known parameter": (s) => ({ path: `${QUALYS}?comment=${s}` }),
  "the user agent": (s) => ({ headers: { "user-agent": `agent/${s}` } }),
  "a request id": (s) => ({ headers: { "x-request-id": s } }),
  "a known member": (s) => ({
    headers: JSON_TYPE,
    body: `{"request_data":{"file_path":"C:\\\\${s}\\\\x"}}`,
  }),
};
const SPELT: Readonly<Record<string, Spelling>> = {
  plain,
  "in capitals": (text) => text.toUpperCase(),
  "every byte encoded": everyByte,
  "in Base64": base64,
};

/** Every case, each with a secret of its own. */
export function corpus(
  secretOf: (number: number) => string,
): readonly (Case & { readonly secret: string })[] {
  const cases: (Case & { readonly secret: string })[] = [];
  const add = (what: string, make: (secret: string) => Partial<Case>): void => {
    const secret = secretOf(cases.length);
    cases.push({ path: CORTEX, headers: {}, ...make(secret), what, secret });
  };
  for (const name of HEADERS) add(`header ${name}`, (s) => ({ headers: { [name]: s } }));
  add("header authorization, Bearer", (s) => ({ headers: { authorization: `Bearer ${s}` } }));
  add("header authorization, Basic", (s) => ({
    headers: { authorization: `Basic ${base64(`bob:${s}`)}` },
  }));
  add("the password of Basic in the body", (s) => ({
    headers: { ...JSON_TYPE, authorization: `Basic ${base64(`bob:${s}`)}` },
    body: JSON.stringify({ comment: `was ${s}` }),
  }));
  for (const name of ["access_token", "ofNobody"]) {
    add(`referer, parameter ${name}`, (s) => ({
      headers: { referer: `http://x.test/?${name}=${s}` },
    }));
  }
  for (const name of PARAMETERS) {
    for (const [how, spell] of Object.entries(IN_URLS)) {
      add(`parameter ${name}, ${how}`, (s) => ({ path: `${CORTEX}?a=b&${name}=${spell(s)}` }));
      add(`form, ${name}, ${how}`, (s) => ({
        path: "/auth",
        headers: FORM,
        body: `username=jane&${name}=${spell(s)}`,
      }));
    }
  }
  add("a parameter without a name", (s) => ({ path: `${QUALYS}?${s}` }));
  add("a fragment", (s) => ({ path: QUALYS, target: `${QUALYS}#access_token=${s}` }));
  add("the user of a URL", (s) => ({ target: `http://bob:${s}@127.0.0.1${CORTEX}` }));
  add("the user of a host", (s) => ({ target: `bob:${s}@127.0.0.1:443` }));
  for (const name of MEMBERS) {
    for (const [shape, write] of Object.entries(SHAPES)) {
      for (const [how, spell] of Object.entries(IN_JSON)) {
        add(`member ${name}, ${shape}, ${how}`, (s) => ({
          headers: JSON_TYPE,
          body: write(name, spell(s)),
        }));
      }
    }
  }
  for (const [what, make] of Object.entries(OTHERS)) add(`body: ${what}`, make);
  for (const [where, make] of Object.entries(AGAIN)) {
    for (const [how, spell] of Object.entries(SPELT)) {
      add(`shown by a header, again in ${where}, ${how}`, (s) => {
        const again = make(spell(s));
        return { ...again, headers: { ...again.headers, authorization: `Bearer ${s}` } };
      });
    }
  }
  add("shown by the body, before that in the path and in headers", (s) => ({
    path: `/ioc/${s}`,
    headers: { ...JSON_TYPE, "user-agent": s, "x-request-id": s },
    body: JSON.stringify({ password: s }),
  }));
  return cases;
}

/** The secrets in a text, in any encoding that can be reversed. */
export function secretsIn(text: string, secrets: readonly string[]): string[] {
  const unescaped = text.replace(
    /\\+(?:u([0-9a-f]{4})|(["/\\]))/gi,
    (_, code?: string, one?: string) =>
      code === undefined ? (one ?? "") : String.fromCharCode(Number.parseInt(code, 16)),
  );
  let decoded = unescaped;
  for (let round = 0; round < 3; round++) {
    decoded = decoded.replace(/%([0-9a-f]{2})/gi, (_, code: string) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    );
  }
  // Secrets begin alike: a text without their beginning, which is most, is not searched for each of them.
  const starts = [...new Set(secrets.map((secret) => secret.slice(0, 12)))].flatMap((start) => [
    ...spellings(start),
    // Three bytes at a time have a Base64 of their own.
    base64(`bob:${start}`.slice(0, 15)).toLowerCase(),
  ]);
  const forms = [text, unescaped, decoded]
    .map((form) => form.toLowerCase())
    .filter((form) => starts.some((start) => form.includes(start)));
  return secrets.filter((secret) =>
    spellings(secret).some((spelt) => forms.some((form) => form.includes(spelt))),
  );
}

const spellings = (secret: string): string[] =>
  [secret, base64(secret), base64(`bob:${secret}`)].map((spelt) => spelt.toLowerCase());
