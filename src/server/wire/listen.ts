import { createServer as createHttp1, IncomingMessage, ServerResponse } from "node:http";
import type { Http2Server } from "node:http2";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import type { Express } from "express";
import { KitError } from "../../core/errors.ts";
import { timers } from "../../core/timers.ts";
import { type Connections, createConnections, KEEP_ALIVE_MS } from "./connections.ts";
import { whyBroken } from "./handshake.ts";
import { type OnGarbage, wire } from "./http1.ts";
import { handlerOf, withPrototype } from "./prototype.ts";

/** A listening server. */
export interface Listening {
  readonly url: string;
  readonly port: number;
  /** The URL for https, if TLS is on. */
  readonly tlsUrl?: string;
  /** Ends idle connections at once and busy ones within half a second. */
  close(): Promise<void>;
}

export interface ListenOptions {
  readonly app: Express;
  readonly host: string;
  readonly port: number;
  /** The port for https, with its certificate and key as PEM. */
  readonly tls?: { readonly port: number; readonly cert: string; readonly key: string };
  readonly onGarbage: OnGarbage;
  /** Lets the process end while this server listens, as `server.unref()` does. */
  readonly unref?: boolean;
}

const GRACE_MS = 500;

export async function listen(options: ListenOptions): Promise<Listening> {
  const { app, host, port, tls, onGarbage, unref } = options;
  const Request = withPrototype(IncomingMessage, app.request);
  const Response = withPrototype(ServerResponse, app.response);
  const http1 = createHttp1({
    IncomingMessage: Request,
    ServerResponse: Response,
    keepAliveTimeout: KEEP_ALIVE_MS,
    // A request without Host is refused in http1.ts, where it can be recorded.
    requireHostHeader: false,
  });
  // A client may end its half and still wait for the reply. Node's types forget this property.
  Object.assign(http1, { httpAllowHalfOpen: true });
  // Node silently drops the headers beyond the 2000th. The limit on their size limits their number.
  http1.maxHeadersCount = 0;
  wire(http1, handlerOf(app, Request, Response), onGarbage);
  // Loaded when needed: Node takes ten milliseconds to load HTTP/2.
  let http2: Promise<Http2Server> | undefined;
  const connections = createConnections(http1, () => {
    http2 ??= import("./http2.ts").then(({ createHttp2 }) => createHttp2(app, onGarbage));
    return http2;
  });

  const plain = createServer(SOCKETS, (raw) => {
    connections.accept(raw);
    connections.servePlain(raw);
  });
  const secure = tls && (await createSecure(tls, connections, onGarbage));
  const servers = secure ? [plain, secure] : [plain];
  const close = (): Promise<void> => stopped(servers, connections);

  try {
    await started(plain, host, port, "--port");
    if (secure) await started(secure, host, tls.port, "--tls-port");
  } catch (error) {
    await close();
    throw error;
  }
  if (unref) for (const server of servers) letGo(server);
  const address = plain.address() as AddressInfo;
  const secureAddress = secure?.address() as AddressInfo | undefined;
  return {
    port: address.port,
    url: `http://${shown(host, address)}:${address.port}`,
    ...(secureAddress && { tlsUrl: `https://${shown(host, secureAddress)}:${secureAddress.port}` }),
    close,
  };
}

/** A waiting client in the same process keeps the process alive itself. Idle connections must not. */
function letGo(server: Server): void {
  server.unref();
  server.on("connection", (raw: Socket) => raw.unref());
}

/** A client may end its half and still wait for the reply. Small replies are sent at once. */
const SOCKETS = { allowHalfOpen: true, noDelay: true };

async function createSecure(
  { cert, key }: { readonly cert: string; readonly key: string },
  connections: Connections,
  onGarbage: OnGarbage,
): Promise<Server> {
  const { createServer: createTlsServer } = await import("node:tls");
  const server = createTlsServer({ ...SOCKETS, cert, key, ALPNProtocols: ["h2", "http/1.1"] });
  server.on("connection", connections.accept);
  server.on("secureConnection", connections.serveSecure);
  server.on("tlsClientError", (error) => {
    const reason = whyBroken(error);
    if (reason) onGarbage(undefined, reason);
  });
  return server;
}

function started(server: Server, host: string, port: number, flag: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      reject(new KitError(SENTENCES[error.code ?? ""]?.(host, port, flag) ?? error.message));
    });
    server.listen(port, host, resolve);
  });
}

const unknownHost = (host: string): string =>
  `${host} is not a known host: choose another with --host.`;

const SENTENCES: Readonly<Record<string, (host: string, port: number, flag: string) => string>> = {
  EADDRINUSE: (host, port, flag) =>
    `Port ${port} on ${host} is taken: choose another with ${flag}, or 0 for a free one.`,
  EACCES: (host, port, flag) =>
    `Port ${port} on ${host} needs administrator rights: choose one above 1023 with ${flag}.`,
  EADDRNOTAVAIL: (host) => `${host} is not an address of this machine: choose another with --host.`,
  ENOTFOUND: unknownHost,
  // The code for an unknown host on a machine without a name server.
  EAI_AGAIN: unknownHost,
};

/** An address that a client on this machine can use. "All interfaces" is none. */
function shown(host: string, { family }: AddressInfo): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return family === "IPv6" && host.includes(":") ? `[${host}]` : host;
}

function stopped(servers: readonly Server[], connections: Connections): Promise<void> {
  return new Promise((resolve) => {
    const hurry = timers.setTimeout(connections.destroy, GRACE_MS);
    let listening = servers.length;
    for (const server of servers) {
      server.close(() => {
        listening--;
        if (listening > 0) return;
        timers.clearTimeout(hurry);
        resolve();
      });
    }
    connections.closeIdle();
  });
}
