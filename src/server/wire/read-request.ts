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

/** The request that each connection is in the middle of, or was last. */
const reading = new WeakMap<Socket, Reading>();

/** What is known of a request before its body: the body is empty here. */
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
 * Completes a head with the raw bytes of its body, at most `limit` of them; what comes after is read and forgotten, so
 * that the client can finish sending and gets the error response. Never rejects: a request that breaks off is a request too.
 */
/** What the bodies that are under way may take all together. */
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
      // The connection remembers this request until the next one.
      chunks.length = 0;
      const whole: WireRequest = { scheme, httpVersion, method, url, path, query, headers, body };
      if (incomplete || hash) {
        const more = hash && { received: size, sha256: hash.digest("hex") };
        Object.assign(whole, incomplete && { incomplete }, more);
      }
      resolve(whole);
    };
    const whyNotWhole = (): WireRequest["incomplete"] =>
      hasRoom ? (hash ? "too-large" : undefined) : "no-room";
    const breakOff = (): void => {
      // What came in one piece with the head may not have been handed out yet.
      while (req.read() !== null);
      settle("truncated");
    };
    /** The client can finish sending, and hears the refusal. */
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
    req.on("end", () => settle(isTakenBack(req) ? "truncated" : whyNotWhole()));
    req.on("error", () => settle("truncated"));
    req.on("close", () => settle("truncated"));
  });
}

/** Whether a client of HTTP/2 wants no reply any more. Its request ends then like one that is whole. */
export const isTakenBack = (
  req: IncomingMessage & Partial<Pick<Http2ServerRequest, "stream">>,
): boolean => (req.stream?.rstCode ?? 0) !== 0;

/** Tells a request that the rest of its body will not come. False where the connection is in the middle of none. */
export function truncate(socket: Socket): boolean {
  const last = reading.get(socket);
  // A pipelined request may be whole and still wait for its turn.
  if (!last || last.req.complete) return false;
  last.breakOff();
  return true;
}

/**
 * Path and query of what was asked for. A client behind a proxy sends more (`http://host/path`), and some send less
 * (`*`, or `host:443`): the path then is what no vendor serves.
 */
export function localUrl(url: string): string {
  if (url.startsWith("/")) return url;
  const local = url.replace(/^[a-z]+:\/\/[^/?]*/i, "");
  return local.startsWith("/") ? local : `/${local}`;
}

type Headers = WireRequest["headers"];

/** HTTP/2 has method, path and host among its headers, with a colon before their names; of two hosts, that one counts. */
function withoutPseudo(headers: Headers): Headers {
  const { ":authority": host, ...others } = headers;
  const named = Object.entries(others).filter(
    ([name]) => !name.startsWith(":") && (name !== "host" || host === undefined),
  );
  return Object.fromEntries([...(host === undefined ? [] : [["host", host]]), ...named]);
}
