import { decoded, NOT_SHOWN } from "./redact-text.ts";
import { FREE_TEXT, type Known } from "./secret-names.ts";

/** Hides all of a URL but known segments: the body has not arrived, and may show that a part of the URL is a secret. */
export function early(url: string, { segments }: Known): string {
  const [path = "", query] = url.split(/\?(.*)/s);
  const kept = path
    .split("/")
    .map((segment) => (segment === "" || segments.has(decoded(segment)) ? segment : NOT_SHOWN))
    .join("/");
  return query === undefined ? kept : `${kept}?${query.replace(/=[^&]*/g, `=${NOT_SHOWN}`)}`;
}

/** Hides the values of headers that hold free text. */
export const withoutProse = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, FREE_TEXT.has(name) ? NOT_SHOWN : value]),
  );
