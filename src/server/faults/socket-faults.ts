import type { ServerHttp2Stream } from "node:http2";
import { gzipSync } from "node:zlib";
import type { Request, Response } from "express";
import type { Fault } from "../../core/faults/fault.ts";
import { createRandom } from "../../core/random.ts";
import type { Tenant } from "../../core/tenant.ts";
import { rawSocket } from "../wire/connections.ts";
import { send, type Wire } from "../wire/write-response.ts";

/** The reply after a fault has changed its bytes. */
export function breakBytes(wire: Wire, fault: Fault): Wire {
  const { headers, plain } = wire;
  switch (fault.kind) {
    case "broken-json": {
      const bytes = Buffer.from(plain);
      return withPayload(wire, bytes.subarray(0, Math.floor((bytes.length * 2) / 3)));
    }
    case "broken-gzip": {
      // Lenient clients accept a stream that breaks off. None accepts a block of an unknown type.
      const zipped = gzipSync(plain).fill(0xff, GZIP_HEADER_BYTES);
      return withPayload(wire, zipped, "gzip");
    }
    case "wrong-content-type":
      return { ...wire, headers: { ...headers, "content-type": fault.contentType ?? "text/html" } };
    default:
      return wire;
  }
}

function withPayload(wire: Wire, payload: Buffer, encoding?: string): Wire {
  const { "content-encoding": _, ...headers } = wire.headers;
  return {
    ...wire,
    payload,
    headers: {
      ...headers,
      "content-length": String(payload.length),
      ...(encoding && { "content-encoding": encoding }),
    },
  };
}

const GZIP_HEADER_BYTES = 10;

/** Sends a reply, or as much of it as a fault of the connection lets through. */
export async function sendWithFault(
  req: Request,
  res: Response,
  wire: Wire,
  tenant: Tenant,
  fault: Fault | undefined,
  gone: AbortSignal | undefined,
): Promise<void> {
  switch (fault?.kind) {
    case "slow-body":
      return dribble(res, wire, fault.overMs, tenant, gone);
    case "truncated-body":
      return partly(res, wire, Math.floor(Buffer.byteLength(wire.payload) / 2), () =>
        breakOff(req),
      );
    case "CONNECTION_RESET_BY_PEER": {
      const reset = (): void => void rawSocket(req)?.resetAndDestroy();
      return fault.afterBytes === undefined ? reset() : partly(res, wire, fault.afterBytes, reset);
    }
    case "EMPTY_RESPONSE":
      return void rawSocket(req)?.destroy();
    case "MALFORMED_RESPONSE_CHUNK":
      return raw(req, NO_CHUNK);
    case "RANDOM_DATA_THEN_CLOSE":
      return raw(req, NOISE);
    default:
      return send(res, wire);
  }
}

type MaybeHttp2 = Request & { readonly stream?: ServerHttp2Stream };

/** Ends the connection. Over HTTP/2 it ends only the stream, with the code for a server error. */
function breakOff({ stream, socket }: MaybeHttp2): void {
  if (stream) stream.close(INTERNAL_ERROR);
  else socket.destroySoon();
}

/** Sends bytes that are not HTTP, and ends the connection. Over HTTP/2 it ends the stream with a protocol error. */
function raw({ stream, socket }: MaybeHttp2, bytes: string | Buffer): void {
  if (stream) stream.close(PROTOCOL_ERROR);
  else {
    socket.write(bytes);
    // Both directions: a client that does not end its half would keep the exchange open.
    socket.destroySoon();
  }
}

// RFC 9113, 7
const PROTOCOL_ERROR = 1;
const INTERNAL_ERROR = 2;

const NO_CHUNK =
  "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\nno chunk\r\n";

/** Sends that many bytes of the body, then calls `end`. */
function partly(
  res: Response,
  { status, headers, payload }: Wire,
  bytes: number,
  end: () => void,
): void {
  res.sendDate = false;
  res.writeHead(status, headers);
  res.flushHeaders();
  res.write(Buffer.from(payload).subarray(0, bytes), end);
}

/** The same in every run. Not valid in any protocol. */
const NOISE = Buffer.from(createRandom("noise").hex(512), "hex");

const PIECES = 10;

async function dribble(
  res: Response,
  { status, headers, payload }: Wire,
  overMs: number,
  { clock }: Tenant,
  gone: AbortSignal | undefined,
): Promise<void> {
  const from = clock.now();
  res.sendDate = false;
  res.writeHead(status, headers);
  res.flushHeaders();
  const bytes = Buffer.from(payload);
  const size = Math.ceil(bytes.length / PIECES);
  for (let piece = 0; piece < PIECES; piece++) {
    await clock.until(from + (overMs * (piece + 1)) / PIECES, gone);
    if (gone?.aborted) return;
    res.write(bytes.subarray(piece * size, (piece + 1) * size));
  }
  res.end();
}
