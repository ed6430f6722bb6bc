import {
  createServer,
  type Http2Server,
  Http2ServerRequest,
  Http2ServerResponse,
} from "node:http2";
import type { Express } from "express";
import { KEEP_ALIVE_MS } from "./connections.ts";
import { whyBroken } from "./handshake.ts";
import type { OnGarbage } from "./http1.ts";
import { classWithPrototype } from "./prototype.ts";
import { localUrl } from "./read-request.ts";

/** Of requests at once on a connection; Node sets no limit, and each one that does not end takes some kilobytes. */
const MOST_STREAMS = 1000;

/** A server that speaks HTTP/2 on the connections it is given, and hands what it hears to the app or to `onGarbage`. */
export function createHttp2(app: Express, onGarbage: OnGarbage): Http2Server {
  const request = expressed(Http2ServerRequest.prototype, app.request);
  const response = expressed(Http2ServerResponse.prototype, app.response);
  const server = createServer({
    Http2ServerRequest: classWithPrototype(Http2ServerRequest, request),
    Http2ServerResponse: classWithPrototype(Http2ServerResponse, response),
    settings: { maxConcurrentStreams: MOST_STREAMS },
  });
  // Express puts its own prototypes under whatever it handles: here it finds that they are there.
  const face = Object.create(app, { request: { value: request }, response: { value: response } });

  const serve = (req: Http2ServerRequest, res: Http2ServerResponse): void => {
    // CONNECT has no path, and means a host.
    const url = req.url ?? req.authority;
    Object.assign(req, { originalUrl: url, url: localUrl(url) });
    face.handle(req, res);
  };
  // A client may keep a connection that it was told is broken. Node's types forget this property.
  Object.assign(server, { timeout: KEEP_ALIVE_MS });
  for (const event of ["request", "checkExpectation", "connect"]) server.on(event, serve);
  server.on("sessionError", (error: NodeJS.ErrnoException) => {
    const reason = whyBroken(error);
    if (reason) onGarbage(undefined, reason);
  });
  return server;
}

/** What Express adds to a request or a reply of HTTP/1, on top of one of HTTP/2. */
function expressed(base: object, express: object): object {
  return Object.create(base, {
    ...Object.getOwnPropertyDescriptors(Object.getPrototypeOf(express)),
    ...Object.getOwnPropertyDescriptors(express),
  });
}
