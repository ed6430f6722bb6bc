import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { Agent, request } from "node:http";
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
