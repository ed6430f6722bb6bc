import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { endWithClient, whenEnded } from "../../../src/server/wire/connection-end.ts";

const ended = (res: ServerResponse, socket: Socket): Promise<void> =>
  new Promise((resolve) => whenEnded(res, socket, resolve));

interface Held {
  readonly client: Socket;
  /** The replies to the requests that the client sent at once. */
  readonly replies: readonly ServerResponse[];
  readonly socket: Socket;
}

/** A connection with so many requests on it, none of which is answered yet. */
async function hold(requests: number): Promise<Held> {
  const replies: ServerResponse[] = [];
  let all = (): void => {};
  const arrived = new Promise<void>((resolve) => {
    all = resolve;
  });
  const server = createServer((_req, res) => {
    if (replies.push(res) === requests) all();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const client = connect((server.address() as AddressInfo).port, "127.0.0.1");
  client.on("error", () => {}).resume();
  onTestFinished(() => {
    client.destroy();
    server.closeAllConnections();
    server.close();
  });
  client.write("GET / HTTP/1.1\r\nhost: a\r\n\r\n".repeat(requests));
  await arrived;
  const socket = replies[0]?.req.socket;
  if (!socket) throw new Error("no request came");
  return { client, replies, socket };
}

/** The numbers of the replies that have ended, in that order. */
function watch({ replies, socket }: Held): { order: number[]; all: Promise<unknown> } {
  const order: number[] = [];
  const waits = replies.map((res, index) => ended(res, socket).then(() => order.push(index)));
  return { order, all: Promise.all(waits) };
}

it("ends when the reply is out", async () => {
  const held = await hold(1);
  const { order, all } = watch(held);
  expect(order).toEqual([]);
  held.replies[0]?.end("done");
  await all;
  expect(held.replies[0]?.writableFinished).toBe(true);
});

it("has ended as soon as the system has taken all of the reply", async () => {
  const [res] = (await hold(1)).replies as [ServerResponse];
  const seen = new Promise((resolve) =>
    res.once("finish", () => {
      let told = false;
      whenEnded(res, res.req.socket, () => {
        told = true;
      });
      resolve([told, res.closed]);
    }),
  );
  res.end("done");
  expect(await seen).toEqual([true, false]);
});

it.each<[string, (held: Held) => void]>([
  ["its client hangs up", ({ client }) => client.destroy()],
  ["its client resets the connection", ({ client }) => client.resetAndDestroy()],
  ["the server lets the connection go", ({ socket }) => socket.destroy()],
])("ends when %s, for every reply that waits on the connection", async (_how, leave) => {
  const held = await hold(3);
  const { all } = watch(held);
  leave(held);
  await all;
  expect(held.replies.map(({ writableFinished }) => writableFinished)).toEqual([
    false,
    false,
    false,
  ]);
});

it("ends for each reply of a connection when that one is out", async () => {
  const held = await hold(3);
  const { order, all } = watch(held);
  for (const res of held.replies) res.end();
  await all;
  expect(order).toEqual([0, 1, 2]);
  expect(held.socket.destroyed).toBe(false);
});

it("has ended already where the reply is out, or the connection gone", async () => {
  const held = await hold(2);
  const [first, second] = held.replies as [ServerResponse, ServerResponse];
  const out = once(first, "close");
  first.end();
  await out;
  await ended(first, held.socket);
  held.socket.destroy();
  await ended(second, held.socket);
});

it("puts one listener on a connection, however many replies it bears", async () => {
  const held = await hold(20);
  const before = held.socket.listenerCount("close");
  const { all } = watch(held);
  expect(held.socket.listenerCount("close")).toBe(before + 1);
  held.client.destroy();
  await all;
});

it("ends a connection with its client's half, also where that has ended before", async () => {
  for (const isLate of [false, true]) {
    const { client, replies, socket } = await hold(1);
    const [res] = replies as [ServerResponse];
    socket.removeAllListeners("end");
    const over = once(socket, "end");
    if (!isLate) endWithClient(res.req);
    client.end();
    await over;
    if (isLate) endWithClient(res.req);
    expect(socket.writableEnded).toBe(true);
  }
});

it("ends no connection with its client's half once that is taken back, and none of HTTP/2", async () => {
  const { client, replies, socket } = await hold(1);
  const [res] = replies as [ServerResponse];
  socket.removeAllListeners("end");
  endWithClient(res.req)();
  endWithClient(Object.assign(Object.create(res.req), { httpVersionMajor: 2 }));
  client.end();
  await once(socket, "end");
  expect(socket.writableEnded).toBe(false);
});
