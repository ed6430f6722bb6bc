import { createServer, IncomingMessage, type Server, ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Express } from "express";
import { KitError } from "../core/errors.ts";
import { truncate } from "./request.ts";

/** A server that listens. */
export interface Listening {
  readonly url: string;
  readonly port: number;
  /** Ends idle connections at once and busy ones within half a second. */
  close(): Promise<void>;
}

export interface ListenOptions {
  readonly app: Express;
  readonly host: string;
  readonly port: number;
  /** Told of a connection whose bytes are no HTTP request. */
  readonly onGarbage: (status: number, reason: string) => void;
}

const GRACE_MS = 500;

export async function listen({ app, host, port, onGarbage }: ListenOptions): Promise<Listening> {
  const server = createServer(
    {
      // Express sets the prototype of every request and response; on Node 20 that takes two thirds of the
      // throughput. Made with its prototypes from the start, they give it nothing to do.
      IncomingMessage: withPrototype(IncomingMessage, app.request),
      ServerResponse: withPrototype(ServerResponse, app.response),
      keepAliveTimeout: 65_000,
    },
    app,
  );
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Socket) => {
    if (error.code === "HPE_INVALID_EOF_STATE" && truncate(socket)) return;
    if (!socket.writable || error.code === "ECONNRESET") return void socket.destroy();
    const status = STATUS[error.code ?? ""] ?? 400;
    onGarbage(status, error.message);
    socket.end(
      `HTTP/1.1 ${status} ${REASON[status]}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`,
    );
  });
  await started(server, host, port);
  const address = server.address() as AddressInfo;
  return {
    port: address.port,
    url: `http://${shown(host, address)}:${address.port}`,
    close: () => stopped(server),
  };
}

const STATUS: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

const REASON: Readonly<Record<number, string>> = {
  400: "Bad Request",
  408: "Request Timeout",
  431: "Request Header Fields Too Large",
};

function withPrototype<Class extends typeof IncomingMessage | typeof ServerResponse>(
  base: Class,
  prototype: object,
): Class {
  function Made(this: unknown, ...args: unknown[]): object {
    return Reflect.construct(base, args, Made);
  }
  Made.prototype = prototype;
  return Made as unknown as Class;
}

function started(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      reject(new KitError(PLAIN[error.code ?? ""]?.(host, port) ?? error.message));
    });
    server.listen(port, host, resolve);
  });
}

const PLAIN: Readonly<Record<string, (host: string, port: number) => string>> = {
  EADDRINUSE: (host, port) =>
    `Port ${port} on ${host} is taken: choose another with --port, or 0 for a free one.`,
  EACCES: (host, port) =>
    `Port ${port} on ${host} may not be used: choose one above 1023 with --port.`,
  EADDRNOTAVAIL: (host) => `${host} is not an address of this machine: choose another with --host.`,
  ENOTFOUND: (host) => `${host} is not a known host: choose another with --host.`,
};

/** An address that a client on this machine can use: nobody connects to "all interfaces". */
function shown(host: string, { family }: AddressInfo): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return family === "IPv6" && host.includes(":") ? `[${host}]` : host;
}

function stopped(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const hurry = setTimeout(() => server.closeAllConnections(), GRACE_MS);
    server.close(() => {
      clearTimeout(hurry);
      resolve();
    });
    server.closeIdleConnections();
  });
}
