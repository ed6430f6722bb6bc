import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { WireRequest } from "../core/vendor.ts";

const reading = new WeakMap<Socket, () => void>();

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
      reading.delete(req.socket);
      const body = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
      resolve({ ...target(req), body, ...(incomplete && { incomplete }) });
    };
    reading.set(req.socket, () => settle("truncated"));
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

/** Tells a request that its client stopped sending in the middle of the body. False where the socket had none. */
export function truncate(socket: Socket): boolean {
  const settle = reading.get(socket);
  settle?.();
  return settle !== undefined;
}

function target(req: IncomingMessage): Omit<WireRequest, "body" | "incomplete"> {
  const url = req.url ?? "/";
  // A client behind a proxy sends the absolute form: `POST http://host/path`.
  const local = url.startsWith("/") ? url : url.replace(/^[a-z]+:\/\/[^/?]*/i, "") || "/";
  const question = local.indexOf("?");
  return {
    method: req.method ?? "GET",
    url,
    path: question < 0 ? local : local.slice(0, question),
    query: new URLSearchParams(question < 0 ? "" : local.slice(question + 1)),
    headers: req.headers as Record<string, string | undefined>,
  };
}
