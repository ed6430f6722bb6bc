import { createHash, type Hash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Http2ServerRequest } from "node:http2";
import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import type { WireRequest } from "../../core/vendor.ts";

interface Reading {
  readonly req: IncomingMessage;
  readonly breakOff: () => void;
}

/** The current or last request of each connection. */
const reading = new WeakMap<Socket, Reading>();

/** A request without its body, which is empty here. */
export function readHead(req: IncomingMessage & { readonly originalUrl?: string }): WireRequest {
  const url = req.originalUrl ?? req.url ?? "/";
  const local = localUrl(url);
  const question = local.indexOf("?");
  return {
    scheme: (req.socket as Partial<TLSSocket>).encrypted ? "https" : "http",
    httpVersion: req.httpVersion,
    method: req.method ?? "GET",
    url,
    path: question < 0 ? local : local.slice(0, question),
    query: question < 0 ? NO_QUERY : new URLSearchParams(local.slice(question + 1)),
    headers:
      req.httpVersionMajor < 2 ? (req.headers as Headers) : withoutPseudo(req.headers as Headers),
    body: NO_BODY,
  };
}

const NO_QUERY = new URLSearchParams();
const NO_BODY = Buffer.alloc(0);

/**
 * Adds the raw bytes of the body to a head, at most `limit`. Reads and discards the rest, so that the client can finish
 * sending and gets the error response. Never rejects: a request that breaks off is recorded, too.
 */
/** Limit on the total size of all bodies that are being read. */
export interface Room {
  left: number;
}

export function readBody(
  req: IncomingMessage,
  { scheme, httpVersion, method, url, path, query, headers }: WireRequest,
  limit: number,
  room: Room = { left: Number.POSITIVE_INFINITY },
): Promise<WireRequest> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let held = 0;
    let hasRoom = true;
    let hash: Hash | undefined;
    let settled = false;
    const settle = (incomplete?: WireRequest["incomplete"]): void => {
      if (settled) return;
      settled = true;
      room.left += held;
      held = 0;
      const body = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
      // The connection keeps this request until the next one, so release the chunks.
      chunks.length = 0;
      const whole: WireRequest = { scheme, httpVersion, method, url, path, query, headers, body };
      if (incomplete || hash) {
        const more = hash && { received: size, sha256: hash.digest("hex") };
        Object.assign(whole, incomplete && { incomplete }, more);
      }
      resolve(whole);
    };
    const breakOff = (): void => {
      // Bytes that arrived with the head may not have been read yet.
      while (req.read() !== null);
      settle("truncated");
    };
    /** Lets the client finish sending, so that it reads the error response. */
    const drop = (): void => {
      chunks.length = 0;
      room.left += held;
      held = 0;
    };
    reading.set(req.socket, { req, breakOff });
    req.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit && hasRoom && !settled) {
        hasRoom = chunk.length <= room.left;
        if (hasRoom) {
          room.left -= chunk.length;
          held += chunk.length;
          return void chunks.push(chunk);
        }
      }
      if (!hasRoom) return drop();
      if (!hash) {
        hash = createHash("sha256");
        for (const kept of chunks) hash.update(kept);
        drop();
      }
      if (!settled) hash.update(chunk);
    });
    req.on("end", () => {
      if (isTakenBack(req)) settle("truncated");
      else if (!hasRoom) settle("no-room");
      else settle(hash ? "too-large" : undefined);
    });
    req.on("error", () => settle("truncated"));
    req.on("close", () => settle("truncated"));
  });
}

/** Whether an HTTP/2 client has cancelled its request. For Node, such a request ends like a complete one. */
export const isTakenBack = (
  req: IncomingMessage & Partial<Pick<Http2ServerRequest, "stream">>,
): boolean => (req.stream?.rstCode ?? 0) !== 0;

/** Marks the request that a connection is reading as truncated. False if it is reading none. */
export function truncate(socket: Socket): boolean {
  const last = reading.get(socket);
  // A pipelined request may be complete, but not answered yet.
  if (!last || last.req.complete) return false;
  last.breakOff();
  return true;
}

/**
 * The path and query of a request target. Clients of a proxy send a whole URL (`http://host/path`), others no path at
 * all (`*`, or `host:443`). The latter become a path that no vendor serves.
 */
export function localUrl(url: string): string {
  if (url.startsWith("/")) return url;
  const local = url.replace(/^[a-z]+:\/\/[^/?]*/i, "");
  return local.startsWith("/") ? local : `/${local}`;
}

type Headers = WireRequest["headers"];

/** Removes the pseudo-headers of HTTP/2, such as `:path`. `:authority` replaces `host`. */
function withoutPseudo(headers: Headers): Headers {
  const { ":authority": host, ...others } = headers;
  const named = Object.entries(others).filter(
    ([name]) => !name.startsWith(":") && (name !== "host" || host === undefined),
  );
  return Object.fromEntries([...(host === undefined ? [] : [["host", host]]), ...named]);
}
