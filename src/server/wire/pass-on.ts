import { isUtf8 } from "node:buffer";
import { request as plain } from "node:http";
import { request as secure } from "node:https";
import { bytes, type Reply, text } from "../../core/reply.ts";
import type { WireRequest } from "../../core/vendor.ts";

/** Headers of one connection, and those that Node writes. Replies come uncompressed, so that they can be compared. */
const OWN = [
  "accept-encoding",
  "connection",
  "content-length",
  "expect",
  "host",
  "keep-alive",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
];

const LIMIT_MS = 60_000;

/**
 * Sends a request to another server and reads the reply. Certificates are verified. Rejects where no whole reply comes
 * within a minute.
 */
export function passOn(upstream: URL, { method, url, headers, body }: WireRequest): Promise<Reply> {
  const sent = Object.entries(headers).filter(([name, value]) => value && !OWN.includes(name));
  const ask = upstream.protocol === "https:" ? secure : plain;
  const path = upstream.pathname.replace(/\/$/, "") + url;
  const options = {
    method,
    path,
    host: upstream.hostname.replace(/^\[|\]$/g, ""),
    port: upstream.port,
    headers: {
      ...Object.fromEntries(sent),
      host: upstream.host,
      ...(body.length > 0 && { "content-length": String(body.length) }),
    },
    signal: AbortSignal.timeout(LIMIT_MS),
  };
  return new Promise((resolve, reject) => {
    const request = ask(options, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const kept = Object.entries(response.headers).filter(([name]) => !OWN.includes(name));
        const { "content-type": contentType = "", ...rest } = Object.fromEntries(
          kept.map(([name, value]) => [name, String(value)]),
        );
        const whole = Buffer.concat(chunks);
        const status = response.statusCode ?? 0;
        const told = { status, headers: rest, cause: "upstream" };
        resolve(
          isUtf8(whole)
            ? text(whole.toString(), contentType, told)
            : bytes(whole, contentType, told),
        );
      });
    });
    request.on("error", reject);
    request.end(body);
  });
}
