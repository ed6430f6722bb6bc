import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { Agent, request } from "node:http";
import {
  type ClientHttp2Session,
  connect,
  type IncomingHttpHeaders,
  type SecureClientSessionOptions,
} from "node:http2";
import type { RequestOptions } from "node:https";
import { request as requestTls } from "node:https";

/** What the example clients use of `fetch`. */
export type Fetch = (url: string, init: Init) => Promise<Response>;

interface Init {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal | null;
}

/** A form, or a text. */
const bytesOf = (body: unknown): Buffer => Buffer.from(body === undefined ? "" : String(body));

/** Like fetch, which adds it where the body is a form. */
const typed = ({ headers = {}, body }: Init): Record<string, string> => ({
  ...(body instanceof URLSearchParams && { "content-type": "application/x-www-form-urlencoded" }),
  ...headers,
});

async function received(reply: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of reply) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const answered = (status: number, headers: object, body: Buffer): Response => {
  const init = { status, headers: Object.entries(headers) as [string, string][] };
  return new Response(status === 204 ? null : new Uint8Array(body), init);
};

/** `fetch` without compression: unpacking a reply takes longer than the rest of the call. */
export const plainFetch: Fetch = (url, init) =>
  fetch(url, {
    ...(init as RequestInit),
    headers: { "accept-encoding": "identity", ...init.headers },
  });

interface Manner {
  /** Of the names of the headers. */
  readonly spell?: (name: string) => string;
  /** The body has no length in advance. */
  readonly chunked?: true;
  readonly options?: RequestOptions;
}

/** HTTP/1.1 by Node's own client, in some manner. */
export const overHttp1 =
  ({ spell = (name) => name, chunked, options = {} }: Manner): Fetch =>
  async (url, init) => {
    const send = url.startsWith("https:") ? requestTls : request;
    const bytes = bytesOf(init.body);
    const headers = Object.fromEntries(
      Object.entries(typed(init)).map(([name, value]) => [spell(name), value]),
    );
    if (!chunked && bytes.length > 0) headers[spell("content-length")] = String(bytes.length);
    const { method = "GET", signal } = init;
    const req = send(url, { ...options, method, headers, ...(signal && { signal }) });
    for (let at = 0; at < bytes.length; at += 50) req.write(bytes.subarray(at, at + 50));
    req.end();
    const [res] = (await once(req, "response")) as [IncomingMessage];
    return answered(res.statusCode ?? 0, res.headers, await received(res));
  };

/** A connection for each call. */
export const noKeepAlive: Fetch = overHttp1({
  options: { agent: new Agent({ keepAlive: false }) },
});

/** HTTP/2 by Node's own client, with one connection to each server for as long as the server keeps it. */
export function overHttp2(options: SecureClientSessionOptions): Fetch {
  const sessions = new Map<string, ClientHttp2Session>();
  const sessionTo = (origin: string): ClientHttp2Session => {
    const known = sessions.get(origin);
    if (known && !known.closed && !known.destroyed) return known;
    const session = connect(origin, options);
    // Each of its streams tells of it.
    session.on("error", () => {});
    sessions.set(origin, session);
    return session;
  };
  return (url, init) =>
    new Promise((resolve, reject) => {
      const { origin, pathname, search } = new URL(url);
      const { method = "GET", signal } = init;
      const stream = sessionTo(origin).request(
        { ":method": method, ":path": pathname + search, ...typed(init) },
        { endStream: false, ...(signal && { signal }) },
      );
      const chunks: Buffer[] = [];
      let head: IncomingHttpHeaders | undefined;
      let isWhole = false;
      stream.once("response", (headers) => {
        head = headers;
      });
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.once("end", () => {
        isWhole = stream.rstCode === 0;
      });
      stream.once("error", reject);
      // A server that ends the connection closes its streams without an error.
      stream.once("close", () => {
        if (!head) return reject(new Error("the stream ended without a reply"));
        const { ":status": status, ...headers } = head;
        const body = Buffer.concat(chunks);
        const { "content-length": length = String(body.length) } = headers;
        if (!isWhole || length !== String(body.length))
          return reject(new Error("the reply was cut off"));
        return resolve(answered(Number(status), headers, body));
      });
      stream.end(bytesOf(init.body));
    });
}
