import { connect as connectHttp2, type OutgoingHttpHeaders } from "node:http2";
import { Agent, request as requestHttps } from "node:https";
import type { Socket } from "node:net";
import { type ConnectionOptions, connect as connectTls, type TLSSocket } from "node:tls";
import type { Mock } from "../../src/mock.ts";
import type { GoodCall } from "./good-calls.ts";

/** A reply, over HTTP/1.1 or HTTP/2. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** A TLS connection to a mock whose CA it trusts, and that may be half open. */
export const secure =
  ({ tlsUrl = "", ca }: Mock, options: ConnectionOptions = {}) =>
  (): TLSSocket => {
    const port = Number(new URL(tlsUrl).port);
    const trust = ca === undefined ? {} : { ca };
    // Node's types know it of plain connections only.
    const half: object = { allowHalfOpen: true };
    return connectTls({ host: "127.0.0.1", port, ...half, ...trust, ...options });
  };

const given = (headers: GoodCall["headers"]): OutgoingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));

/** A call over https, HTTP/1.1. */
export const overHttps = ({ tlsUrl, ca }: Mock, call: GoodCall): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const agent = new Agent({ ca, keepAlive: false });
    const options = { method: "POST", headers: given(call.headers), agent };
    const req = requestHttps(`${tlsUrl}${call.path}`, options, (res) => {
      const chunks: Buffer[] = [];
      res.on("data", (chunk: Buffer) => chunks.push(chunk));
      res.on("end", () => {
        const { statusCode: status = 0, headers } = res;
        resolve({ status, headers, body: Buffer.concat(chunks).toString() });
      });
    });
    req.on("error", reject);
    req.end(call.body);
  });

/** A request over HTTP/2, in the clear or not as the URL says, on a connection of its own. */
export const overHttp2 = (
  url: string,
  headers: OutgoingHttpHeaders,
  { body = "", ca }: { readonly body?: string; readonly ca?: string | undefined } = {},
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const session = connectHttp2(url, ca === undefined ? {} : { ca });
    session.on("error", reject);
    const stream = session.request(headers, { endStream: false });
    const chunks: Buffer[] = [];
    let head: Record<string, unknown> = {};
    stream.on("response", (received) => {
      head = { ...received };
    });
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    stream.on("error", reject);
    stream.on("close", () => {
      session.close();
      const { ":status": status, ...others } = head;
      resolve({ status: Number(status), headers: others, body: Buffer.concat(chunks).toString() });
    });
    stream.end(body);
  });

/** A vendor's call in the same way. */
export const callHttp2 = (url: string, call: GoodCall, ca?: string): Promise<Answer> =>
  overHttp2(
    url,
    { ":method": "POST", ":path": call.path, ...call.headers },
    { body: call.body, ca },
  );

/** The first bytes of an HTTP/2 client, with default settings. */
export const PREFACE: Buffer = Buffer.concat([
  Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
  Buffer.from("000000040000000000", "hex"),
]);

interface FrameOptions {
  /** Counted from 1. */
  readonly stream?: number;
  /** A body follows. */
  readonly open?: boolean;
}

/** The head of a request, every header spelled out. */
export function headerBlock(headers: Readonly<Record<string, string | undefined>>): Buffer {
  // The pseudo headers come first.
  const named = Object.entries({ ":scheme": "http", ...headers }).toSorted(
    ([a], [b]) => Number(b.startsWith(":")) - Number(a.startsWith(":")),
  );
  const block = named.flatMap(([name, value]) =>
    value === undefined ? [] : [Buffer.of(0), hpackText(name), hpackText(value)],
  );
  return Buffer.concat(block);
}

/** A text of HPACK (RFC 7541, 5), as it is. */
function hpackText(text: string): Buffer {
  const bytes = Buffer.from(text, "latin1");
  const length = [Math.min(bytes.length, 127)];
  if (bytes.length >= 127) {
    let rest = bytes.length - 127;
    for (; rest >= 128; rest >>= 7) length.push((rest & 127) | 128);
    length.push(rest);
  }
  return Buffer.concat([Buffer.from(length), bytes]);
}

/** A frame with the head of a request, at most 16 KiB. */
export const headersFrame = (
  headers: Readonly<Record<string, string | undefined>>,
  { stream = 1, open = false }: FrameOptions = {},
): Buffer => frame(1, stream, open ? 4 : 5, headerBlock(headers));

/** A frame that takes a request back. */
export const resetFrame = (stream = 1): Buffer => frame(3, stream, 0, Buffer.of(0, 0, 0, 8));

/** Streams are counted from 1; 0 is the connection. */
export function frame(type: number, stream: number, flags: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(Math.max(0, 2 * stream - 1), 5);
  return Buffer.concat([head, payload]);
}

interface Frame {
  readonly type: number;
  readonly flags: number;
  /** As it is on the wire. */
  readonly stream: number;
  readonly payload: Buffer;
}

/** The frames that are there as a whole. */
export function framesIn(bytes: Buffer): Frame[] {
  const frames: Frame[] = [];
  for (let at = 0; at + 9 <= bytes.length; ) {
    const end = at + 9 + bytes.readUIntBE(at, 3);
    if (end > bytes.length) break;
    const [type = 0, flags = 0] = bytes.subarray(at + 3, at + 5);
    const payload = bytes.subarray(at + 9, end);
    frames.push({ type, flags, stream: bytes.readUInt32BE(at + 5), payload });
    at = end;
  }
  return frames;
}

/** Resolves when such a frame has come. */
export const heard = (socket: Socket, fits: (one: Frame) => boolean): Promise<void> =>
  new Promise((resolve) => {
    let bytes = Buffer.alloc(0);
    socket.on("data", (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      if (framesIn(bytes).some(fits)) resolve();
    });
    socket.on("error", () => {});
  });

/** Resolves when the server has said that it is done with a connection. */
export const goaway = (socket: Socket): Promise<void> => heard(socket, ({ type }) => type === 7);
