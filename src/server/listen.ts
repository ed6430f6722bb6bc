import { createServer, IncomingMessage, type Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Express } from "express";
import { KitError } from "../core/errors.ts";
import { type OnGarbage, wire } from "./wire.ts";

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
  readonly onGarbage: OnGarbage;
}

const GRACE_MS = 500;

export async function listen({ app, host, port, onGarbage }: ListenOptions): Promise<Listening> {
  const server = createServer({
    // Express sets the prototype of every request and response; on Node 20 that takes two thirds of the throughput.
    // Made with its prototypes from the start, they give it nothing to do.
    IncomingMessage: withPrototype(IncomingMessage, app.request),
    ServerResponse: withPrototype(ServerResponse, app.response),
    keepAliveTimeout: 65_000,
    // A request without Host is refused in wire.ts, where it can be recorded.
    requireHostHeader: false,
  });
  wire(server, app, onGarbage);
  await started(server, host, port);
  const address = server.address() as AddressInfo;
  return {
    port: address.port,
    url: `http://${shown(host, address)}:${address.port}`,
    close: () => stopped(server),
  };
}

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

const unknownHost = (host: string): string =>
  `${host} is not a known host: choose another with --host.`;

const PLAIN: Readonly<Record<string, (host: string, port: number) => string>> = {
  EADDRINUSE: (host, port) =>
    `Port ${port} on ${host} is taken: choose another with --port, or 0 for a free one.`,
  EACCES: (host, port) =>
    `Port ${port} on ${host} may not be used: choose one above 1023 with --port.`,
  EADDRNOTAVAIL: (host) => `${host} is not an address of this machine: choose another with --host.`,
  ENOTFOUND: unknownHost,
  // What a machine without a name server says of the same.
  EAI_AGAIN: unknownHost,
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
