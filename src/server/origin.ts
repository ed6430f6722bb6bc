import type { WireRequest } from "../core/vendor.ts";

/**
 * The base URL that a client reaches this server by, for absolute URLs in replies. A proxy in front tells its scheme, host
 * and path prefix in X-Forwarded headers; what is malformed in them is ignored, and of several proxies the first counts.
 */
export function originOf({ scheme, headers }: Pick<WireRequest, "scheme" | "headers">): string {
  const forwarded = (name: string, form: RegExp): string | undefined => {
    const [first = ""] = (headers[`x-forwarded-${name}`] ?? "").split(",");
    return form.test(first.trim()) ? first.trim() : undefined;
  };
  const host = forwarded("host", /^(\[[0-9a-f:.]+\]|[\w.-]+)(:\d+)?$/i) ?? headers["host"];
  const prefix = forwarded("prefix", /^(\/[\w.~-]+)+\/?$/)?.replace(/\/$/, "") ?? "";
  return `${forwarded("proto", /^https?$/) ?? scheme}://${host}${prefix}`;
}
