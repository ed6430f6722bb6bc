import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { WireRequest } from "../core/vendor.ts";

interface Reading {
  readonly req: IncomingMessage;
  readonly breakOff: () => void;
}

/** The request that each connection is in the middle of, or was last. */
const reading = new WeakMap<Socket, Reading>();

/**
 * Reads the raw bytes of a request, at most `limit` of them; what comes after is read and forgotten, so that the
 * client can finish sending and hears the refusal. Never rejects: a request that breaks off is a request too.
 */
export function readRequest(req: IncomingMessage, limit: number): Promise<WireRequest> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let settled = false;
    const settle = (incomplete?: WireRequest["incomplete"]): void => {
      if (settled) return;
      settled = true;
      const body = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
      // The connection remembers this request until the next one.
      chunks.length = 0;
      const received = size > limit && { received: size };
      resolve({ ...target(req), body, ...(incomplete && { incomplete }), ...received });
    };
    reading.set(req.socket, { req, breakOff: () => settle("truncated") });
    req.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else chunks.length = 0;
    });
    req.on("end", () => settle(size > limit ? "too-large" : undefined));
    req.on("error", () => settle("truncated"));
    req.on("close", () => settle("truncated"));
  });
}

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
  const local = url.replace(/^[a-z]+:\/\/[^/?]*/i, "");
  return local.startsWith("/") ? local : `/${local}`;
}

function target(
  req: IncomingMessage & { readonly originalUrl?: string },
): Omit<WireRequest, "body" | "incomplete"> {
  const url = req.originalUrl ?? req.url ?? "/";
  const local = localUrl(url);
  const question = local.indexOf("?");
  return {
    method: req.method ?? "GET",
    url,
    path: question < 0 ? local : local.slice(0, question),
    query: new URLSearchParams(question < 0 ? "" : local.slice(question + 1)),
    headers: req.headers as Record<string, string | undefined>,
  };
}
