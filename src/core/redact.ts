/** What stands in the place of a secret. */
export const REDACTED = "[redacted]";

const SECRET_HEADERS = /^(proxy-)?authorization$|cookie$|nonce$|(api-?key|secret|token|password)$/i;
const SECRET_NAME = /password|secret|token|api[-_]?key|authorization/i;
/**
 * A member of a JSON object; the value's string may lack its end, as in a body that broke off. No name holds a quote or
 * a backslash, and every value that begins also matches, so that no text is read more than twice.
 */
const FIELD = /"([^"\\]*)"(\s*:\s*)(?:"(?:[^"\\]|\\[\s\S])*(?:"|\\?$)|-?\d[\w.+-]*)/g;
const PARAMETER = /(^|[?&])([^=&#?"\s]*)=[^&#\s]*/g;
/** A JSON Web Token, whoever signed it. It begins a word: so a text is not read again from every letter. */
const TOKEN = "(?<![\\w-])eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]*";
/** A shorter text is no secret worth the name, and taking it out would riddle every body with holes. */
const SHORTEST = 6;

/**
 * Takes credentials out of an exchange before it is stored: by the names that carry them, and every one of `known`
 * wherever it stands, so that a key in the wrong place is hidden as well.
 */
export function redactor(known: Iterable<string>): Redactor {
  const secrets = [...known].filter((secret) => secret.length >= SHORTEST);
  // The longest first: a secret may hold another one.
  secrets.sort((a, b) => b.length - a.length);
  const spellings = secrets.flatMap((secret) => [
    literal(secret),
    percentEncoded(secret),
    jsonEscaped(secret),
  ]);
  const pattern = new RegExp([...spellings, TOKEN].join("|"), "gi");
  const strip = (text: string): string => text.replace(pattern, REDACTED);
  return {
    text: (text) =>
      strip(
        SECRET_NAME.test(text)
          ? text.replace(FIELD, (field, name: string, colon: string) =>
              SECRET_NAME.test(name) ? `"${name}"${colon}"${REDACTED}"` : field,
            )
          : text,
      ),
    url: (url) =>
      strip(
        SECRET_NAME.test(url)
          ? url.replace(PARAMETER, (parameter, before: string, name: string) =>
              SECRET_NAME.test(name) ? `${before}${name}=${REDACTED}` : parameter,
            )
          : url,
      ),
    headers: (headers) =>
      Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [
          strip(name),
          SECRET_HEADERS.test(name) ? REDACTED : strip(value ?? ""),
        ]),
      ),
  };
}

export interface Redactor {
  text(text: string): string;
  /** Also fits a form-encoded body. */
  url(url: string): string;
  headers(headers: Readonly<Record<string, string | undefined>>): Record<string, string>;
}

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
