import { type IncomingMessage, type Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Request } from "express";
import { whyBroken } from "./handshake.ts";
import { localUrl, truncate } from "./read-request.ts";

/** Called for bytes that are not an HTTP request, with the status that the client got, if any. */
export type OnGarbage = (status: number | undefined, reason: string) => void;

/**
 * Passes everything that a server receives to `handle` or to `onGarbage`. This includes what Node and Express would
 * answer themselves, so that it is in the journal.
 */
export function wire(
  server: Server,
  handle: (req: IncomingMessage, res: ServerResponse) => void,
  onGarbage: OnGarbage,
): void {
  const lastReply = new WeakMap<Socket, ServerResponse>();
  const broken = new WeakSet<Socket>();

  const answerBroken = (socket: Socket, status: number, reason: string): void => {
    broken.add(socket);
    const respond = (): void => {
      if (!socket.writable) return void socket.destroy();
      onGarbage(status, reason);
      socket.end(
        `HTTP/1.1 ${status} ${REASON[status]}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`,
      );
    };
    // Requests before the garbage are answered first.
    const pending = lastReply.get(socket);
    if (pending && !pending.closed) pending.once("close", respond);
    else respond();
  };

  const serve = (req: IncomingMessage, res: ServerResponse): void => {
    if (broken.has(req.socket)) return;
    const ambiguity = whyAmbiguous(req);
    if (ambiguity) {
      req.resume();
      answerBroken(req.socket, 400, ambiguity);
      return;
    }
    lastReply.set(req.socket, res);
    // After an upgrade request, Node drops the rest of the chunk and reads the middle of a later request as its start.
    if (req.headers.upgrade !== undefined) {
      res.shouldKeepAlive = false;
      broken.add(req.socket);
      // Node does not report that such a request breaks off.
      req.socket.once("end", () => truncate(req.socket));
    }
    const asked = req as Request;
    // Express finds no path in `host:443` or `http://[/`, and would answer with its own error page.
    asked.originalUrl = asked.url;
    asked.url = localUrl(asked.url);
    handle(asked, res);
  };

  server.on("request", serve);
  server.on("checkExpectation", serve);
  server.on("connect", (req: IncomingMessage, socket: Socket) => {
    const res = new ServerResponse(req);
    res.shouldKeepAlive = false;
    res.assignSocket(socket);
    res.on("finish", () => socket.destroySoon());
    serve(req, res);
  });
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Socket) => {
    // Every byte after garbage is garbage. It is read only so that the client can finish sending.
    if (truncate(socket) || broken.has(socket)) return;
    // A client may reject the certificate after the server has finished the handshake.
    if (error.code?.startsWith("ERR_SSL_")) {
      onGarbage(undefined, whyBroken(error) ?? error.message);
      socket.destroy();
      return;
    }
    answerBroken(socket, STATUS[error.code ?? ""] ?? 400, whyUnreadable(error));
  });
}

/** The first byte of a TLS handshake. */
const HANDSHAKE = 0x16;

const whyUnreadable = ({ message, rawPacket }: Error & { rawPacket?: Buffer }): string =>
  rawPacket?.[0] === HANDSHAKE
    ? "this is the port for http, and the client speaks TLS (https)"
    : message;

/**
 * Why to refuse a request that Node accepts. Another server may see another host or another end of the body in it (RFC
 * 9112, 2.3, 3.2 and 6.1), and an attacker can use that to hide a request in a body.
 */
function whyAmbiguous({ httpVersion, headers, rawHeaders }: IncomingMessage): string | undefined {
  if (httpVersion !== "1.1" && httpVersion !== "1.0") return `the version is ${httpVersion}`;
  if (headers.host === undefined && httpVersion === "1.1") return "the Host header is missing";
  let hosts = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] as string;
    if (name.length === 4 && name.toLowerCase() === "host") hosts++;
  }
  if (hosts > 1) return "there are two Host headers";
  if (headers["transfer-encoding"] === undefined) return undefined;
  if (httpVersion === "1.0") return "HTTP/1.0 has no Transfer-Encoding";
  // Node checks this itself, except for an empty encoding.
  return headers["content-length"] === undefined
    ? undefined
    : "there are both a Transfer-Encoding and a Content-Length";
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
