import type { Server as Http1Server, IncomingMessage } from "node:http";
import type { Http2Server, Http2ServerRequest, Http2Session } from "node:http2";
import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import { every } from "../../core/clock.ts";

/** How long a connection on which nothing happens stays open. */
export const KEEP_ALIVE_MS = 65_000;

/**
 * How often idle connections are checked: those whose client has not sent anything, or was refused and does not end its
 * half. Those that the last check found as well are closed: after a minute at most, as
 * long as Node waits for the head of a request. Node itself watches neither of them.
 */
export const PATIENCE_MS = 30_000;

/** The open connections of a server that speaks several protocols. */
export interface Connections {
  /** Takes a connection of which nothing was read yet. */
  readonly accept: (raw: Socket) => void;
  /** Serves an accepted connection in the clear: HTTP/2 where its first bytes say so, else HTTP/1. */
  readonly servePlain: (raw: Socket) => void;
  /** Serves an accepted connection after its TLS handshake, in the protocol that was agreed on there. */
  readonly serveSecure: (socket: TLSSocket) => void;
  /** Ends those that wait for no reply at once, and the others of HTTP/2 when they have theirs. */
  readonly closeIdle: () => void;
  /** Ends all of them. */
  readonly destroy: () => void;
}

/** Hands connections to two servers that do not listen themselves; the second one is made when it is needed. */
export function createConnections(
  http1: Http1Server,
  loadHttp2: () => Promise<Http2Server>,
): Connections {
  /** What is spoken over, by what lies under it: the same thing without TLS. */
  const open = new Map<Socket, Socket>();
  /** Of these nobody knows yet what they speak. */
  const silent = new Set<Socket>();
  const sessions = new Set<Http2Session>();
  // Node watches the connections of a server only once it listens.
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
    // A client that ends its half can give no more leave to send: replies that wait for leave would wait in vain.
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
      // Whoever serves it listens for errors as well; before that, a client may go as it likes.
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

/** What a client that knows HTTP/2 to be spoken here begins with (RFC 9113, 3.4). */
const PREFACE = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

/** Reads until the first bytes of a connection are, or are not, those of HTTP/2, and puts them back. */
function look(socket: Socket, decide: (isHttp2: boolean) => void): void {
  let head: Buffer = Buffer.alloc(0);
  const onReadable = (): void => {
    const chunk: Buffer | null = socket.read();
    head = chunk && head.length > 0 ? Buffer.concat([head, chunk]) : (chunk ?? head);
    const start = head.subarray(0, PREFACE.length);
    const fits = PREFACE.subarray(0, start.length).equals(start);
    // Nothing to read is the end: there will be no more.
    if (fits && start.length < PREFACE.length && chunk) return;
    socket.off("readable", onReadable);
    if (head.length > 0) socket.unshift(head);
    decide(fits && start.length === PREFACE.length);
  };
  socket.on("readable", onReadable);
}

const carriers = new WeakMap<Http2Session, Socket>();

/**
 * The TCP connection under a request, whatever lies between: resetting it is what a client sees as ECONNRESET, while
 * Node lets nobody reset a TLS connection or touch that of HTTP/2. Nothing where it is gone already.
 */
export function rawSocket(req: IncomingMessage | Http2ServerRequest): Socket | undefined {
  if (!("stream" in req)) return req.socket && underlying(req.socket);
  const { session } = req.stream;
  const carrier = session && carriers.get(session);
  return carrier && underlying(carrier);
}

/** A TLS connection keeps what it was laid over, under a name that Node itself goes by and has no public word for. */
const underlying = (socket: Socket & { readonly _parent?: Socket | null }): Socket =>
  socket._parent ?? socket;
