import type { Server as Http1Server, IncomingMessage } from "node:http";
import type { Http2Server, Http2ServerRequest, Http2Session } from "node:http2";
import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import { every } from "../../core/clock.ts";

/** How long an idle connection stays open. */
export const KEEP_ALIVE_MS = 65_000;

/**
 * How often idle connections are checked: those whose client has sent nothing, and those that were refused but whose
 * client does not end its half. Node watches neither. A connection that two checks find is closed, so after a minute at
 * most. Node waits as long for the head of a request.
 */
export const PATIENCE_MS = 30_000;

/** The open connections of a server that speaks several protocols. */
export interface Connections {
  /** Accepts a connection of which nothing was read yet. */
  readonly accept: (raw: Socket) => void;
  /** Serves an accepted connection without TLS: HTTP/2 if its first bytes say so, else HTTP/1. */
  readonly servePlain: (raw: Socket) => void;
  /** Serves an accepted connection after its TLS handshake, in the negotiated protocol. */
  readonly serveSecure: (socket: TLSSocket) => void;
  /** Ends idle connections at once, and other HTTP/2 connections after their last reply. */
  readonly closeIdle: () => void;
  /** Ends all of them. */
  readonly destroy: () => void;
}

/** Passes connections to two servers that do not listen themselves. The HTTP/2 server is created when needed. */
export function createConnections(
  http1: Http1Server,
  loadHttp2: () => Promise<Http2Server>,
): Connections {
  /** The socket that carries HTTP, by its TCP socket. Without TLS both are the same. */
  const open = new Map<Socket, Socket>();
  /** Connections whose protocol is not known yet. */
  const silent = new Set<Socket>();
  const sessions = new Set<Http2Session>();
  // Node watches the connections of a server only after it "listens".
  http1.emit("listening");

  let stuck = new Set<Socket>();
  const stopLooking = every(PATIENCE_MS, () => {
    const waiting = [...open].filter(
      ([raw, { writableFinished }]) => silent.has(raw) || writableFinished,
    );
    for (const [raw] of waiting) if (stuck.has(raw)) raw.destroy();
    stuck = new Set(waiting.map(([raw]) => raw));
  });

  const heard = (socket: Socket): void => {
    const raw = underlying(socket);
    silent.delete(raw);
    if (!raw.destroyed) open.set(raw, socket);
  };
  const speakHttp1 = (socket: Socket): void => {
    heard(socket);
    http1.emit("connection", socket);
  };
  const speakHttp2 = async (socket: Socket): Promise<void> => {
    const http2 = await loadHttp2();
    heard(socket);
    if (socket.destroyed) return;
    // A client that ended its half can no longer extend the flow-control window, so blocked replies would wait forever.
    socket.allowHalfOpen = false;
    http2.once("session", (session: Http2Session) => {
      carriers.set(session, socket);
      sessions.add(session);
      session.once("close", () => sessions.delete(session));
    });
    http2.emit("connection", socket);
  };

  return {
    accept: (raw) => {
      open.set(raw, raw);
      silent.add(raw);
      raw.once("close", () => {
        open.delete(raw);
        silent.delete(raw);
      });
      // The server that gets the connection handles its errors. Before that, an error only means that the client left.
      raw.on("error", () => {});
    },
    servePlain: (raw) => look(raw, (isHttp2) => (isHttp2 ? speakHttp2 : speakHttp1)(raw)),
    serveSecure: (socket) => (socket.alpnProtocol === "h2" ? speakHttp2 : speakHttp1)(socket),
    closeIdle: () => {
      http1.close();
      stopLooking();
      for (const raw of silent) raw.destroy();
      for (const session of sessions) session.close();
    },
    destroy: () => {
      for (const raw of open.keys()) raw.destroy();
    },
  };
}

/** The first bytes of an HTTP/2 client (RFC 9113, 3.4). */
const PREFACE = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

/** Reads until it is clear whether a connection starts with the HTTP/2 preface, then puts the bytes back. */
function look(socket: Socket, decide: (isHttp2: boolean) => void): void {
  let head: Buffer = Buffer.alloc(0);
  const onReadable = (): void => {
    const chunk: Buffer | null = socket.read();
    head = chunk && head.length > 0 ? Buffer.concat([head, chunk]) : (chunk ?? head);
    const start = head.subarray(0, PREFACE.length);
    const fits = PREFACE.subarray(0, start.length).equals(start);
    // No chunk means the end of the stream.
    if (fits && start.length < PREFACE.length && chunk) return;
    socket.off("readable", onReadable);
    if (head.length > 0) socket.unshift(head);
    decide(fits && start.length === PREFACE.length);
  };
  socket.on("readable", onReadable);
}

const carriers = new WeakMap<Http2Session, Socket>();

/**
 * The TCP socket under a request. Resetting it gives the client ECONNRESET. Node cannot reset a TLS socket, and does not
 * allow access to the socket of HTTP/2. Undefined if the connection has closed.
 */
export function rawSocket(req: IncomingMessage | Http2ServerRequest): Socket | undefined {
  if (!("stream" in req)) return req.socket && underlying(req.socket);
  const { session } = req.stream;
  const carrier = session && carriers.get(session);
  return carrier && underlying(carrier);
}

/** The TCP socket under a TLS socket. Node has no public property for it. */
const underlying = (socket: Socket & { readonly _parent?: Socket | null }): Socket =>
  socket._parent ?? socket;
