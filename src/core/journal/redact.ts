/** What stands in the place of a secret. */
export const REDACTED = "[redacted]";

const SECRET_HEADERS = /authorization$|cookie$|nonce$|(api-?key|secret|token|password)$/i;
const SECRET_NAME = /password|secret|token|api[-_]?key|authorization/i;
/**
 * A member of a JSON object; the value's string may lack its end, as in a body that broke off. No name holds a quote or
 * a backslash, and every value that begins also matches, so that no text is read more than twice.
 */
const FIELD = /"([^"\\]*)"(\s*:\s*)(?:"(?:[^"\\]|\\[\s\S])*(?:"|\\?$)|-?\d[\w.+-]*)/g;
const PARAMETER = /(^|[?&])([^=&#?"\s]*)=[^&#\s"]*/g;
/** An array or an object of which the name says that secrets are in it. */
const GROUP =
  /"([^"\\]*(?:password|secret|token|api[-_]?key|authorization)[^"\\]*)"(\s*:\s*)[[{][^[\]{}]*(?:[\]}]|$)/gi;
/** A JSON Web Token, whoever signed it. It begins a word: so a text is not read again from every letter. */
const TOKEN = "(?<![\\w-])eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]*";
/** A shorter text is no secret worth the name, and taking it out would riddle every body with holes. */
const SHORTEST = 6;

/** A presented value may be a sample's `string`: only a longer one is looked for in the rest of the exchange. */
const SHORTEST_PRESENTED = 8;

/**
 * Takes credentials out of an exchange before it is stored: by the names that carry them, and every one of `known`
 * wherever it stands, so that a key in the wrong place is hidden as well.
 */
export function redactor(known: Iterable<string>): Redactor {
  const secrets = [...new Set(known)].filter((secret) => secret.length >= SHORTEST);
  // The longest first: a secret may hold another one.
  secrets.sort((a, b) => b.length - a.length);
  const plainly = anyOf(secrets.map(literal));
  const areUsual = secrets.every((secret) => /^[\w.~-]*$/.test(secret));
  let everyWay: RegExp | undefined;
  const patternFor = (text: string): RegExp => {
    if (!mayHide(text, plainly, areUsual)) return plainly;
    everyWay ??= anyOf(
      secrets.flatMap((secret) => [literal(secret), percentEncoded(secret), jsonEscaped(secret)]),
    );
    return everyWay;
  };
  const strip = remembering((text) => text.replace(patternFor(text), REDACTED));
  const cleaned = (text: string): string =>
    strip(SECRET_NAME.test(text) ? withoutParameters(withoutFields(text)) : text);
  const self: Redactor = {
    text: cleaned,
    headers: rememberingSets((headers) => {
      const clean: Record<string, string> = {};
      for (const name in headers) {
        clean[strip(name)] = isSecretHeader(name) ? REDACTED : strip(headers[name] ?? "");
      }
      return clean;
    }),
    presented: (url, headers, body) => {
      const values: string[] = [];
      for (const name in headers) {
        if (!isSecretHeader(name)) continue;
        const value = headers[name] ?? "";
        if (!secrets.includes(value)) values.push(...value.split(/[\s;,=]+/));
      }
      for (const text of [url, body]) {
        if (SECRET_NAME.test(text))
          values.push(...groupsIn(text), ...fieldsIn(text), ...parametersIn(text));
      }
      if (values.length === 0) return values;
      return values.filter(
        (value) => value.length >= SHORTEST_PRESENTED && !secrets.includes(value),
      );
    },
    with: (more) => (more.length === 0 ? self : redactor([...secrets, ...more])),
  };
  return self;
}

const anyOf = (spellings: readonly string[]): RegExp =>
  new RegExp([...spellings, TOKEN].join("|"), "gi");

const ENCODED = /%([0-7][0-9a-f])|\\u00([0-7][0-9a-f])/gi;

/**
 * Whether a secret may stand in a text in another spelling than its own. A pattern of all spellings takes V8 fifty
 * milliseconds to compile, so it is made where one is there to be found.
 */
function mayHide(text: string, plainly: RegExp, areUsual: boolean): boolean {
  if (!/[%\\+]/.test(text)) return false;
  // Of other characters there are spellings that are not undone here.
  if (!areUsual) return true;
  const decoded = text.replace(ENCODED, (_, percent?: string, json?: string) =>
    String.fromCharCode(Number.parseInt(percent ?? json ?? "", 16)),
  );
  return decoded !== text && decoded.search(plainly) >= 0;
}

export interface Redactor {
  /** Of JSON, of a form, of a URL, or of prose. */
  text(text: string): string;
  headers(headers: Readonly<Record<string, string | undefined>>): Record<string, string>;
  /** What stands where a credential does, and is none that is known: somebody's real key, perhaps. */
  presented(
    url: string,
    headers: Readonly<Record<string, string | undefined>>,
    body: string,
  ): string[];
  /** The same with more to take out. */
  with(more: readonly string[]): Redactor;
}

/**
 * A JSON value with credentials taken out of its texts, one by one: in the JSON of it, a secret may begin inside an
 * escape, and what is left would be no JSON.
 */
export const redactTexts = <Value>(value: Value, clean: Redactor): Value =>
  JSON.parse(JSON.stringify(value), (_, found: unknown) =>
    typeof found === "string" ? clean.text(found) : found,
  ) as Value;

/** The same few names and values come with every request: looking each one up is quicker than looking through it. */
function remembering(clean: (text: string) => string): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    if (text.length > LONGEST_REMEMBERED) return clean(text);
    const found = known.get(text);
    if (found !== undefined) return found;
    const cleaned = clean(text);
    if (known.size < MOST_REMEMBERED) known.set(text, cleaned);
    return cleaned;
  };
}

type Headers = Readonly<Record<string, string | undefined>>;

/** A client sends the same headers call after call, and gets the same: exchanges then share one set of them. */
function rememberingSets<Clean>(clean: (headers: Headers) => Clean): (headers: Headers) => Clean {
  /** The last one of each size, so that those of requests and those of replies leave each other alone. */
  const sets: {
    readonly names: readonly string[];
    readonly headers: Headers;
    readonly is: Clean;
  }[] = [];
  return (headers) => {
    const names = Object.keys(headers);
    const last = sets[names.length];
    if (
      last?.names.every((name, at) => name === names[at] && headers[name] === last.headers[name])
    ) {
      return last.is;
    }
    const is = clean(headers);
    if (names.length < MOST_REMEMBERED) sets[names.length] = { names, headers, is };
    return is;
  };
}

const LONGEST_REMEMBERED = 100;
const MOST_REMEMBERED = 200;

/** The same few names come with every request. */
const headerNames = new Map<string, boolean>();
const MOST_HEADER_NAMES = 1000;

function isSecretHeader(name: string): boolean {
  const known = headerNames.get(name);
  if (known !== undefined) return known;
  const isSecret = SECRET_HEADERS.test(name);
  if (headerNames.size < MOST_HEADER_NAMES) headerNames.set(name, isSecret);
  return isSecret;
}

const withoutFields = (text: string): string =>
  text
    .replace(GROUP, `"$1"$2"${REDACTED}"`)
    .replace(FIELD, (field, name: string, colon: string) =>
      SECRET_NAME.test(name) ? `"${name}"${colon}"${REDACTED}"` : field,
    );

const withoutParameters = (text: string): string =>
  text.replace(PARAMETER, (parameter, before: string, name: string) =>
    SECRET_NAME.test(name) ? `${before}${name}=${REDACTED}` : parameter,
  );

const groupsIn = (text: string): string[] =>
  [...text.matchAll(GROUP)].flatMap(([group]) =>
    // The first text is the group's name.
    [...group.matchAll(/"([^"\\]+)"/g)].slice(1).map(([, member = ""]) => member),
  );

const fieldsIn = (text: string): string[] =>
  [...text.matchAll(FIELD)].flatMap(([field, name = ""]) => {
    if (!SECRET_NAME.test(name)) return [];
    try {
      return [String(Object.values(JSON.parse(`{${field}}`) as object)[0])];
    } catch {
      return [];
    }
  });

const parametersIn = (text: string): string[] =>
  [...text.matchAll(PARAMETER)].flatMap(([parameter, before = "", name = ""]) =>
    SECRET_NAME.test(name) ? [...new URLSearchParams(parameter.slice(before.length)).values()] : [],
  );

/** Every character as itself or as UTF-8 bytes in hexadecimal digits: clients differ in which ones they encode. */
const percentEncoded = (secret: string): string =>
  Array.from(secret, (character) => {
    const bytes = [...new TextEncoder().encode(character)]
      .map((byte) => `%${hex(byte, 2)}`)
      .join("");
    if (character === "%") return bytes;
    return character === " " ? `(?: |\\+|${bytes})` : `(?:${literal(character)}|${bytes})`;
  }).join("");

const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  "/": "/",
  "\b": "b",
  "\f": "f",
  "\n": "n",
  "\r": "r",
  "\t": "t",
};

/** Every character as itself or in an escape of a JSON string: clients differ here as well. */
const jsonEscaped = (secret: string): string =>
  secret
    .split("")
    .map((unit) => {
      const numeric = `\\\\u${hex(unit.charCodeAt(0), 4)}`;
      if (unit === "\\") return `(?:\\\\\\\\|${numeric})`;
      const short = SHORT_ESCAPES[unit];
      return `(?:${literal(unit)}|${short === undefined ? "" : `\\\\${short}|`}${numeric})`;
    })
    .join("");

/** A text in a regular expression. */
const literal = (text: string): string =>
  text
    .split("")
    .map((unit) => `\\u${hex(unit.charCodeAt(0), 4)}`)
    .join("");

const hex = (number: number, digits: number): string => number.toString(16).padStart(digits, "0");
