import { connect, type Socket } from "node:net";

/** One HTTP reply, as it came over a socket. */
export interface RawReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a client does once its bytes are out: it waits for the server to end, or ends its own half. */
export type Ending = "waits" | "half-closes";

/** A port, or a function that opens a connection that may be half open. */
export type To = number | (() => Socket);

const dial = (to: To): Socket =>
  typeof to === "number" ? connect({ port: to, host: "127.0.0.1", allowHalfOpen: true }) : to();

/** Sends bytes on a connection of their own; gives all replies that came until the server ended it. */
export function exchange(
  to: To,
  bytes: Buffer | string,
  ending: Ending = "waits",
): Promise<RawReply[]> {
  return new Promise((resolve, reject) => {
    const socket = dial(to);
    const chunks: Buffer[] = [];
    socket.on("data", (chunk: Buffer) => chunks.push(chunk));
    socket.on("end", () => {
      socket.destroy();
      resolve(parseReplies(Buffer.concat(chunks)));
    });
    socket.on("error", reject);
    socket.write(bytes);
    if (ending === "half-closes") socket.end();
  });
}

/** A connection that stays open, and has sent these bytes and heard an answer to them. */
export function hold(to: To, bytes: string | Buffer): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = dial(to);
    socket.once("error", reject);
    socket.once("data", () => resolve(socket));
    socket.write(bytes);
  });
}

/** Resolves once the server has ended, or cut, a connection. */
export const ended = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    if (socket.readableEnded || socket.destroyed) return resolve();
    socket.once("end", resolve);
    socket.once("error", () => resolve());
    socket.resume();
  });

function parseReplies(bytes: Buffer): RawReply[] {
  const replies: RawReply[] = [];
  let rest = bytes;
  while (rest.length > 0) {
    const end = rest.indexOf("\r\n\r\n");
    if (end < 0) throw new Error(`no HTTP reply: ${rest.toString()}`);
    const [statusLine = "", ...lines] = rest.subarray(0, end).toString("latin1").split("\r\n");
    const headers = Object.fromEntries(
      lines.map((line) => {
        const colon = line.indexOf(":");
        return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
      }),
    );
    const bodyEnd = end + 4 + Number(headers["content-length"] ?? 0);
    replies.push({
      status: Number(statusLine.split(" ")[1]),
      headers,
      body: rest.subarray(end + 4, bodyEnd).toString(),
    });
    rest = rest.subarray(bodyEnd);
  }
  return replies;
}
