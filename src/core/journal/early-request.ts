import { decoded, NOT_SHOWN } from "./redact-text.ts";
import { FREE_TEXT, type Known } from "./secret-names.ts";

/** A URL before the body is there, which may show that part of it is a secret. */
export function early(url: string, { segments }: Known): string {
  const [path = "", query] = url.split(/\?(.*)/s);
  const kept = path
    .split("/")
    .map((segment) => (segment === "" || segments.has(decoded(segment)) ? segment : NOT_SHOWN))
    .join("/");
  return query === undefined ? kept : `${kept}?${query.replace(/=[^&]*/g, `=${NOT_SHOWN}`)}`;
}

/** Headers without those in which people write what they like. */
export const withoutProse = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, FREE_TEXT.has(name) ? NOT_SHOWN : value]),
  );
