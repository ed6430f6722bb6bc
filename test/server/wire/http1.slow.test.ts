import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import express from "express";
import { expect, it, onTestFinished } from "vitest";
import { startMock } from "../../../src/mock.ts";
import { wire } from "../../../src/server/wire/http1.ts";
import { readBody, readHead } from "../../../src/server/wire/read-request.ts";
import { bytesOf, cortexCall } from "../../support/good-calls.ts";
import { answersAsNew, journalOf } from "../../support/hostile.ts";
import { ended, exchange, hold } from "../../support/raw-socket.ts";
import { secure } from "../../support/tls.ts";
import { until } from "../../support/watched.ts";

/** Milliseconds that a request may take in these tests. The default is a minute and more. */
const LIMITS = { headersTimeout: 400, requestTimeout: 400, connectionsCheckingInterval: 50 };

interface Slow {
  /** All bytes until the server ended the connection. */
  readonly said: Promise<string>;
  /** Resolves when the server has closed the connection, even if the client keeps its half open. */
  readonly gone: Promise<unknown>;
  readonly garbage: readonly (number | undefined)[];
}

/** Sends these bytes and no more to a server with those limits, and never ends. */
async function stall(bytes: string): Promise<Slow> {
  const garbage: (number | undefined)[] = [];
  const app = express();
  app.use(async (req, res) => {
    const { incomplete, body } = await readBody(req, readHead(req), 1000);
    res.writeHead(400, { connection: "close" }).end(`${incomplete} after ${body.length}`);
  });
  const server = createServer(LIMITS);
  wire(server, app, (status) => garbage.push(status));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const accepted = once(server, "connection");
  const { port } = server.address() as AddressInfo;
  const client = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
  client.on("error", () => {});
  onTestFinished(() => {
    client.destroy();
    server.closeAllConnections();
    server.close();
  });
  client.write(bytes);
  const said = (async () => {
    let text = "";
    for await (const chunk of client) text += chunk;
    return text;
  })();
  const [socket] = (await accepted) as [Socket];
  return { said, gone: once(socket, "close"), garbage };
}

it("a head that does not end is refused", async () => {
  const { said, garbage } = await stall("POST /x HTTP/1.1\r\nhost: a\r\nx-slow: ");
  expect(await said).toMatch(/^HTTP\/1.1 408 Request Timeout\r\n/);
  expect(garbage).toEqual([408]);
});

it.each([
  ["", ""],
  [", of a request for another protocol", "connection: upgrade\r\nupgrade: tea\r\n"],
])("a body that does not end is truncated%s", async (_, wish) => {
  const head = `POST /x HTTP/1.1\r\nhost: a\r\n${wish}content-length: 9\r\n\r\n`;
  const { said, gone, garbage } = await stall(`${head}1234`);
  expect(await said).toMatch(/^HTTP\/1.1 400 .*truncated after 4/s);
  await gone;
  expect(garbage).toEqual([]);
});

it("a request that comes byte by byte is answered as any other", async () => {
  await using mock = await startMock();
  const socket = connect(mock.port, "127.0.0.1");
  socket.setNoDelay(true);
  let text = "";
  socket.on("data", (chunk: Buffer) => {
    text += chunk;
  });
  for (const byte of bytesOf(cortexCall)) {
    await new Promise((resolve) => socket.write(Buffer.of(byte), resolve));
  }
  await until(() => socket.destroyed);
  expect(text).toContain(`\r\n\r\n${cortexCall.granted.document}`);
  expect(await journalOf(mock)).toMatchObject([{ reply: { status: 200 } }]);
});

it.each(["keep-alive", "close"])(
  "a client that ends its half when it has asked is answered: %s",
  async (connection) => {
    await using mock = await startMock({ tls: true });
    for (const [index, to] of [mock.port, secure(mock)].entries()) {
      const replies = await exchange(
        to,
        bytesOf(cortexCall, { headers: { connection } }),
        "half-closes",
      );
      expect(replies).toMatchObject([{ status: 200 }]);
      expect(mock.journal.entries()[index]).not.toHaveProperty("aborted");
    }
  },
);

it("a stream of events ends when its client has ended its half, and the server goes on", async () => {
  await using mock = await startMock();
  const asked = "GET /__admin/requests/stream HTTP/1.1\r\nhost: localhost\r\n\r\n";
  const socket = await hold(mock.port, asked);
  socket.end();
  await ended(socket);
  await answersAsNew(mock);
});

it("a hundred clients that stop in a head, or in a body, do not delay other clients", async () => {
  await using mock = await startMock();
  const good = bytesOf(cortexCall);
  const sockets = Array.from({ length: 100 }, (_, index) => {
    const socket = connect(mock.port, "127.0.0.1").on("error", () => {});
    socket.write(good.subarray(0, index % 2 === 0 ? 50 : good.length - 1));
    return socket;
  });
  await until(() => mock.journal.entries().length === 50);
  await answersAsNew(mock);
  for (const socket of sockets) socket.destroy();
  await until(() => mock.journal.entries().every(({ open }) => !open));
  expect(mock.actions.list()).toHaveLength(2);
});
