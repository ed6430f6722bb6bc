import { once } from "node:events";
import { connect as connectHttp2, type Http2ServerRequest } from "node:http2";
import { type AddressInfo, connect, type Socket } from "node:net";
import { connect as connectTls, createServer as createTlsServer, type TLSSocket } from "node:tls";
import express from "express";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Exchange } from "../../../src/core/journal/journal.ts";
import { type Mock, startMock } from "../../../src/mock.ts";
import { makeCertificate } from "../../../src/server/wire/certificates.ts";
import { rawSocket } from "../../../src/server/wire/connections.ts";
import { type Listening, listen } from "../../../src/server/wire/listen.ts";
import { bytesOf, cortexCall, type GoodCall, qualysCall } from "../../support/good-calls.ts";
import { answersAsNew, faces, journalOf } from "../../support/hostile.ts";
import { promised } from "../../support/promised.ts";
import { ended, exchange, hold } from "../../support/raw-socket.ts";
import {
  type Answer,
  callHttp2,
  headersFrame,
  overHttps,
  PREFACE,
  secure,
} from "../../support/tls.ts";

type Way = readonly [protocol: string, ask: (mock: Mock, call: GoodCall) => Promise<Answer>];

const overHttp1 = async ({ port }: Mock, call: GoodCall): Promise<Answer> => {
  const [reply] = await exchange(port, bytesOf(call));
  if (!reply) throw new Error("no reply");
  return reply;
};

const WAYS: readonly Way[] = [
  ["HTTP/1.1", overHttp1],
  ["https", overHttps],
  ["HTTP/2 over TLS", ({ tlsUrl = "", ca }, call) => callHttp2(tlsUrl, call, ca)],
  ["HTTP/2 in the clear", ({ url }, call) => callHttp2(url, call)],
];

describe.each(WAYS)("a call over %s", (_, ask) => {
  it.each(faces)("to $name is answered with the same bytes as over any other", async (face) => {
    await using mock = await startMock({ wire: face.wire, tls: true });
    const { status, headers, body } = await ask(mock, face.call);
    expect([status, body]).toEqual([200, face.call.granted[face.wire]]);
    expect(headers["content-type"]).toBe("application/json");
    expect(mock.journal.entries()).toMatchObject([
      { vendor: face.call.vendor, request: { method: "POST", url: face.call.path } },
    ]);
  });

  it("is refused as over any other", async () => {
    await using mock = await startMock({ tls: true });
    const wrong = { ...cortexCall, headers: { ...cortexCall.headers, authorization: "wrong" } };
    const { status, body } = await ask(mock, wrong);
    const plain = await overHttp1(mock, wrong);
    expect([status, body]).toEqual([401, plain.body]);
  });
});

describe("the first bytes of a connection in the clear", () => {
  it("may come one by one and still be those of HTTP/2", async () => {
    await using mock = await startMock();
    const socket = connect(mock.port, "127.0.0.1");
    socket.setNoDelay(true);
    const answered = once(socket, "data");
    for (const byte of PREFACE) {
      await new Promise((resolve) => socket.write(Buffer.of(byte), resolve));
    }
    const [bytes] = (await answered) as [Buffer];
    // The fourth byte of a frame is its type: 4 is SETTINGS.
    expect(bytes[3]).toBe(4);
    socket.destroy();
  });

  it.each(["P", "PR", "PRI * HTTP/2.0\r\n\r\nS"])(
    "are garbage where %j is all that comes",
    async (start) => {
      await using mock = await startMock();
      const replies = await exchange(mock.port, start, "half-closes");
      expect(replies).toMatchObject([{ status: 400, body: "" }]);
      expect(await journalOf(mock)).toHaveLength(1);
      await answersAsNew(mock);
    },
  );

  it("may begin like HTTP/2 and go on as a POST", async () => {
    await using mock = await startMock();
    const socket = connect({ port: mock.port, host: "127.0.0.1" });
    const bytes = bytesOf(cortexCall);
    await new Promise((resolve) => socket.write(bytes.subarray(0, 1), resolve));
    socket.write(bytes.subarray(1));
    const [reply] = (await once(socket, "data")) as [Buffer];
    expect(reply.toString()).toContain("HTTP/1.1 200 OK");
    socket.destroy();
  });

  it("may never come: a client that resets before it speaks does no harm", async () => {
    await using mock = await startMock({ tls: true });
    for (const url of [mock.url, mock.tlsUrl ?? ""]) {
      const socket = connect(Number(new URL(url).port), "127.0.0.1");
      await once(socket, "connect");
      socket.resetAndDestroy();
    }
    expect(await journalOf(mock)).toEqual([]);
    await answersAsNew(mock);
  });
});

describe("rawSocket", () => {
  /** A server that resets the connection under every request. */
  async function resetting(): Promise<Listening & { readonly ca: string }> {
    const { ca, ...identity } = await makeCertificate(["127.0.0.1"]);
    const app = express();
    app.use((req) => void rawSocket(req)?.resetAndDestroy());
    const tls = { port: 0, ...identity };
    const server = await listen({ app, host: "127.0.0.1", port: 0, tls, onGarbage: () => {} });
    onTestFinished(() => server.close());
    return { ...server, ca };
  }

  it("lets a client of HTTP/1.1 see a reset", async () => {
    const { port } = await resetting();
    await expect(exchange(port, bytesOf(qualysCall))).rejects.toMatchObject({ code: "ECONNRESET" });
  });

  it("lets a client of https see a reset", async () => {
    const { tlsUrl = "", ca } = await resetting();
    const to = secure({ tlsUrl, ca } as Mock);
    await expect(exchange(to, bytesOf(qualysCall))).rejects.toMatchObject({ code: "ECONNRESET" });
  });

  it("lets a client of HTTP/2 over TLS see a reset", async () => {
    const { tlsUrl = "", ca } = await resetting();
    const session = connectHttp2(tlsUrl, { ca });
    const failed = once(session, "error");
    session.request({ ":path": "/" }).on("error", () => {});
    expect(await failed).toMatchObject([{ code: "ECONNRESET" }]);
  });

  it("lets a client of HTTP/2 in the clear see a reset", async () => {
    const { port } = await resetting();
    // Node's own client reports a reset as a normal end here.
    const socket = await hold(port, PREFACE);
    const failed = once(socket, "error");
    socket.write(headersFrame({ ":method": "GET", ":path": "/", ":authority": "x" }));
    socket.resume();
    expect(await failed).toMatchObject([{ code: "ECONNRESET" }]);
  });

  // Node has no public way from a TLS connection to the TCP connection under it. When a release of Node fails this test,
  // `rawSocket` needs another way.
  it("relies on Node's private `_parent`: the TCP connection under a TLS connection", async () => {
    const { cert, key, ca } = await makeCertificate(["127.0.0.1"]);
    const server = createTlsServer({ cert, key }).listen(0, "127.0.0.1");
    onTestFinished(() => void server.close());
    const under = once(server, "connection") as Promise<[Socket]>;
    const over = once(server, "secureConnection") as Promise<[TLSSocket]>;
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const client = connectTls({ host: "127.0.0.1", port, ca });
    onTestFinished(() => void client.destroy());
    const [[raw], [secured]] = await Promise.all([under, over]);
    expect(Reflect.get(secured, "_parent")).toBe(raw);
  });

  it("is nothing once a session of HTTP/2 is gone", async () => {
    const { promise, keep } = promised<unknown>();
    const app = express();
    app.use((req) => {
      const { stream } = req as unknown as Http2ServerRequest;
      stream.once("close", () => setImmediate(() => keep(rawSocket(req))));
      stream.session?.destroy();
    });
    const server = await listen({ app, host: "127.0.0.1", port: 0, onGarbage: () => {} });
    onTestFinished(() => server.close());
    const session = connectHttp2(server.url);
    session.on("error", () => {});
    session.request({ ":path": "/" }).on("error", () => {});
    expect(await promise).toBeUndefined();
  });
});

// A connection may idle for a minute and more: a close that waited for it would take longer than this.
describe("a server that closes", () => {
  it("does not wait for connections that sent nothing", async () => {
    const mock = await startMock({ tls: true });
    const sockets = [mock.url, mock.tlsUrl ?? ""].map((url) =>
      connect(Number(new URL(url).port), "127.0.0.1"),
    );
    await Promise.all(sockets.map((socket) => once(socket, "connect")));
    await mock.close();
    await Promise.all(sockets.map(ended));
  });

  it.each(["h2c", "h2"])("ends an idle session of %s without an error", async (protocol) => {
    const mock = await startMock({ tls: true });
    const session = connectHttp2(protocol === "h2" ? (mock.tlsUrl ?? "") : mock.url, {
      ca: mock.ca,
    });
    await once(session, "remoteSettings");
    const errors: unknown[] = [];
    session.on("error", (error) => errors.push(error));
    const closed = once(session, "close");
    await mock.close();
    await closed;
    expect(errors).toEqual([]);
  });

  it.each(["h2c", "h2"])("cuts off a request of %s that does not end", async (protocol) => {
    const { promise: recorded, keep } = promised<Exchange>();
    const mock = await startMock({ tls: true, onExchange: keep });
    const session = connectHttp2(protocol === "h2" ? (mock.tlsUrl ?? "") : mock.url, {
      ca: mock.ca,
    });
    session.on("error", () => {});
    const headers = { ":method": "POST", ":path": cortexCall.path, expect: "100-continue" };
    const stream = session.request({ ...cortexCall.headers, ...headers });
    stream.on("error", () => {});
    await once(stream, "continue");
    const closed = once(session, "close");
    await mock.close();
    await closed;
    expect(await recorded).toMatchObject({ vendor: "cortex", refusal: { kind: "malformed" } });
  });

  it("does not wait for a connection over TLS that is kept alive", async () => {
    const mock = await startMock({ tls: true });
    const bytes = bytesOf(cortexCall, { headers: { connection: "keep-alive" } });
    const socket = await hold(secure(mock), bytes);
    await mock.close();
    await ended(socket);
  });
});
