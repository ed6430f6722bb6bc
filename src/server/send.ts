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
  /** Before compression. */
  readonly body: string;
}

/** Writes an outcome's reply in the service's wire form. */
export function send(
  req: Request,
  res: Response,
  { reply, route }: Outcome,
  service: Service | undefined,
  { clock, settings }: Tenant,
): Sent {
  const body =
    reply.text ?? service?.encode?.(reply, settings.dialect) ?? JSON.stringify(reply.value);
  const plain = Buffer.from(body);
  const compress = route?.compressible === true && wantsGzip(req);
  const bytes = compress ? gzipSync(plain, SMALL) : plain;
  const headers: Record<string, string> = {
    "content-type": reply.contentType,
    "content-length": String(bytes.length),
    date: httpDate(clock.now()),
    ...(route?.compressible && { vary: "accept-encoding" }),
    ...(compress && { "content-encoding": "gzip" }),
    ...reply.headers,
  };
  // The rest of a body that was cut off cannot be told from the next request.
  if (!req.complete) headers["connection"] = "close";
  res.sendDate = false;
  res.writeHead(reply.status, headers);
  res.end(bytes);
  return { status: reply.status, headers, body };
}

/** Quick rather than small: most replies are a hundred bytes, and zlib's defaults set up 256 KiB for each. */
const SMALL = { level: constants.Z_BEST_SPEED, memLevel: 1, windowBits: 9 };

/** Only when asked: clients that never decode gzip ask for nothing. */
const wantsGzip = (req: Request): boolean =>
  /gzip|\*/i.test(req.headers["accept-encoding"] ?? "") &&
  req.acceptsEncodings("gzip", "identity") === "gzip";
