/** What stands in the place of a secret. */
export const REDACTED = "[redacted]";

const SECRET_HEADERS = /^(proxy-)?authorization$|cookie$|nonce$|(api-?key|secret|token|password)$/i;
const SECRET_NAME = /password|secret|token|api_?key|authorization/i;
const FIELD = /"((?:[^"\\]|\\.)*)"(\s*:\s*)"(?:[^"\\]|\\.)*"/g;
const PARAMETER = /(^|[?&])([^=&#?]*)=[^&#\s]*/g;
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
  const strip = (text: string): string => {
    let clean = text;
    for (const secret of secrets) {
      for (const form of [secret, encodeURIComponent(secret)]) {
        if (clean.includes(form)) clean = clean.replaceAll(form, REDACTED);
      }
    }
    return clean;
  };
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
          name,
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
