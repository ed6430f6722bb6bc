import type { Exchange } from "../core/journal/journal.ts";

/** Headers that curl sets itself. */
const OWN = new Set(["host", "content-length", "connection", "accept-encoding", "user-agent"]);

/** A request as a curl command. The journal holds no credentials, so each one is a shell variable for you to set. */
export function curlOf({ request }: Exchange, base: string): string {
  const headers = Object.entries(request.headers)
    .filter(([name]) => !OWN.has(name))
    .map(([name, value]) =>
      value.includes("[redacted]")
        ? `-H "${name}: $${name.toUpperCase().replace(/\W/g, "_")}"`
        : `-H ${quoted(`${name}: ${value}`)}`,
    );
  const url = new URL(request.url.startsWith("/") ? `${base}${request.url}` : request.url, base)
    .href;
  return [
    `curl -X ${request.method} ${quoted(url)}`,
    ...headers,
    ...(request.body.text ? [`--data-raw ${quoted(request.body.text)}`] : []),
  ].join(" \\\n  ");
}

/** One word of a POSIX shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
