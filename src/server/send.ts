import { constants, gzipSync } from "node:zlib";
import type { Request, Response } from "express";
import { httpDate } from "../core/clock.ts";
import type { Tenant } from "../core/tenant.ts";
import type { Service } from "../core/vendor.ts";
import type { Outcome } from "./answer.ts";

/** A reply as it went onto the wire. */
export interface Sent {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Before compression. Nothing that is no text. */
  readonly body: string;
  readonly bytes: number;
}

/** Writes an outcome's reply in the service's wire form; nothing where nobody is left to read it. */
export function send(
  req: Request,
  res: Response,
  { reply, route }: Outcome,
  service: Service | undefined,
  { clock, settings }: Tenant,
): Sent | undefined {
  if (req.socket.destroyed) return undefined;
  const body =
    reply.text ??
    (reply.value === undefined
      ? ""
      : (service?.encode?.(reply, settings.dialect) ?? JSON.stringify(reply.value)));
  const plain = Buffer.from(reply.bytes ?? body);
  const compress =
    route?.compressible === true && reply.bytes === undefined && plain.length > 0 && wantsGzip(req);
  const payload = compress ? gzipSync(plain, SMALL) : plain;
  const headers: Record<string, string> = {
    ...(reply.contentType && { "content-type": reply.contentType }),
    ...(reply.status !== NO_CONTENT && { "content-length": String(payload.length) }),
    date: httpDate(clock.now()),
    ...(route?.compressible && { vary: "accept-encoding" }),
    ...(compress && { "content-encoding": "gzip" }),
    ...reply.headers,
  };
  // The rest of a body that was cut off cannot be told from the next request.
  if (!req.complete) headers["connection"] = "close";
  res.sendDate = false;
  res.writeHead(reply.status, headers);
  res.end(payload);
  return { status: reply.status, headers, body, bytes: plain.length };
}

const NO_CONTENT = 204;

/** Quick rather than small: most replies are a hundred bytes, and zlib's defaults set up 256 KiB for each. */
const SMALL = { level: constants.Z_BEST_SPEED, memLevel: 1, windowBits: 9 };

/** Only when asked: clients that never decode gzip ask for nothing. */
const wantsGzip = (req: Request): boolean =>
  /gzip|\*/i.test(req.headers["accept-encoding"] ?? "") &&
  req.acceptsEncodings("gzip", "identity") === "gzip";
