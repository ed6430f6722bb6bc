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
import { handlerOf, withPrototype } from "./prototype.ts";
import { localUrl } from "./read-request.ts";

/** Limit on concurrent requests of a connection. Node has none, and each unfinished request takes some kilobytes. */
const MOST_STREAMS = 1000;

/** An HTTP/2 server that does not listen itself. Passes requests to the app, and other bytes to `onGarbage`. */
export function createHttp2(app: Express, onGarbage: OnGarbage): Http2Server {
  const Request = withPrototype(
    Http2ServerRequest,
    withExpressMethods(Http2ServerRequest.prototype, app.request),
  );
  const Response = withPrototype(
    Http2ServerResponse,
    withExpressMethods(Http2ServerResponse.prototype, app.response),
  );
  const server = createServer({
    Http2ServerRequest: Request,
    Http2ServerResponse: Response,
    settings: { maxConcurrentStreams: MOST_STREAMS },
  });
  const handle = handlerOf(app, Request, Response);

  const serve = (req: Http2ServerRequest, res: Http2ServerResponse): void => {
    // CONNECT names a host, not a path.
    const url = req.url ?? req.authority;
    Object.assign(req, { originalUrl: url, url: localUrl(url) });
    handle(req, res);
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

/** A prototype that adds the methods of Express to a request or response of HTTP/2. */
function withExpressMethods(base: object, express: object): object {
  return Object.create(base, {
    ...Object.getOwnPropertyDescriptors(Object.getPrototypeOf(express)),
    ...Object.getOwnPropertyDescriptors(express),
  });
}
