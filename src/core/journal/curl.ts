import { quoted } from "../shell.ts";
import type { Exchange } from "./journal.ts";
import { REDACTED } from "./redact-text.ts";

/** Headers that curl sets itself. */
const OWN = new Set(["host", "content-length", "connection", "accept-encoding", "user-agent"]);

/**
 * A command that repeats a request at `origin`, by default at the host that the client called. The journal holds no
 * credentials, so each one is a shell variable with the name of its header. `separator` is between the arguments.
 */
export function curlOf(
  { request: { scheme, method, url, headers, body } }: Exchange,
  origin = `${scheme}://${headers["host"] ?? "localhost"}`,
  separator = " ",
): string {
  const sent = Object.entries(headers)
    .filter(([name]) => !OWN.has(name))
    .map(([name, value]) =>
      value.includes(REDACTED)
        ? `-H "${name}: $${name.toUpperCase().replace(/\W/g, "_")}"`
        : `-H ${quoted(`${name}: ${value}`)}`,
    );
  const target = /^https?:/.test(url) ? url : origin + url;
  return [
    `curl -sS -X ${method} ${quoted(target)}`,
    ...sent,
    ...(body.text ? [`--data-raw ${quoted(body.text)}`] : []),
  ].join(separator);
}
