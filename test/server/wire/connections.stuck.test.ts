import { once } from "node:events";
import { createServer as createHttp1 } from "node:http";
import { connect as connectHttp2 } from "node:http2";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { connect as connectTls, createServer as createTlsServer } from "node:tls";
import express from "express";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { type Mock, startMock } from "../../../src/mock.ts";
import { makeCertificate } from "../../../src/server/wire/certificates.ts";
import { createConnections, PATIENCE_MS } from "../../../src/server/wire/connections.ts";
import { wire } from "../../../src/server/wire/http1.ts";
import { bytesOf, cortexCall } from "../../support/good-calls.ts";
import { answersAsNew, journalOf } from "../../support/hostile.ts";
import { fakeOurTimers } from "../../support/our-timers.ts";
import { ended, hold } from "../../support/raw-socket.ts";
import { secure } from "../../support/tls.ts";

beforeEach(() => fakeOurTimers({ toFake: ["setInterval", "clearInterval"] }));
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const look = (times: number): unknown => vi.advanceTimersByTime(times * PATIENCE_MS);

const portOf = (url = ""): number => Number(new URL(url).port);

/** A client that sends these bytes and never ends its half, when all of them are there. */
async function sends(port: number, bytes: string | Buffer): Promise<Socket> {
  const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true }).on("error", () => {});
  await once(socket, "connect");
  if (bytes.length > 0) await new Promise((resolve) => socket.write(bytes, resolve));
  return socket;
}

/** Resolves when the server has processed everything sent before. */
const settled = async (mock: Mock): Promise<unknown> => await fetch(`${mock.url}/__admin/health`);

describe("a connection that says nothing, or only how HTTP/2 begins", () => {
  it.each([
    ["nothing", ""],
    ["one letter", "P"],
    ["half a preface", "PRI * HTTP/2.0\r\n\r\nS"],
  ])("is let go after a minute, without a word: %s", async (_, bytes) => {
    await using mock = await startMock();
    const socket = await sends(mock.port, bytes);
    await settled(mock);
    look(2);
    await ended(socket);
    expect(await journalOf(mock)).toEqual([]);
    await answersAsNew(mock);
  });

  it("is let go over TLS as well, before the handshake and in the middle of it", async () => {
    await using mock = await startMock({ tls: true });
    const mute = await sends(portOf(mock.tlsUrl), "");
    const begun = await sends(portOf(mock.tlsUrl), Buffer.from("16030100c8", "hex"));
    await settled(mock);
    look(2);
    await Promise.all([mute, begun].map(ended));
    expect(await journalOf(mock)).toEqual([]);
    await answersAsNew(mock);
  });

  it("does not delay other clients, even a thousand times", async () => {
    await using mock = await startMock();
    const idle = Array.from({ length: 1000 }, (_, index) =>
      sends(mock.port, index % 2 === 0 ? "P" : ""),
    );
    const sockets = await Promise.all(idle);
    await answersAsNew(mock);
    const all = Promise.all(sockets.map(ended));
    look(2);
    await all;
    expect(await journalOf(mock)).toHaveLength(2);
  });

  it("has half a minute at least", async () => {
    await using mock = await startMock();
    const socket = await sends(mock.port, "P");
    await settled(mock);
    look(1);
    socket.write(bytesOf(cortexCall).subarray(1));
    const [reply] = (await once(socket, "data")) as [Buffer];
    expect(reply.toString()).toMatch(/^HTTP\/1.1 200 /);
    socket.destroy();
  });
});

describe("a connection with a known protocol", () => {
  it.each(["http", "https"])("may idle for longer: HTTP/1.1 over %s", async (scheme) => {
    await using mock = await startMock({ tls: true });
    const bytes = bytesOf(cortexCall, { headers: { connection: "keep-alive" } });
    const socket = await hold(scheme === "http" ? mock.port : secure(mock), bytes);
    look(5);
    const answered = once(socket, "data");
    socket.resume().write(bytes);
    expect(String(await answered)).toMatch(/^HTTP\/1.1 200 /);
    socket.destroy();
  });

  it.each(["h2c", "h2"])("may idle for longer: %s", async (protocol) => {
    await using mock = await startMock({ tls: true });
    const session = connectHttp2(protocol === "h2" ? (mock.tlsUrl ?? "") : mock.url, {
      ca: mock.ca,
    });
    await once(session, "remoteSettings");
    look(5);
    const stream = session.request({ ":path": "/auth" });
    const [head] = await once(stream, "response");
    expect(head[":status"]).toBe(401);
    session.destroy();
  });
});

describe("a connection that was refused", () => {
  /** The server's side of a connection whose client sends garbage and waits for more. */
  async function refused(scheme: "http" | "https"): Promise<Socket> {
    const http1 = createHttp1();
    wire(http1, express(), () => {});
    const connections = createConnections(http1, () => Promise.reject(new Error("no HTTP/2")));
    const halfOpen = { allowHalfOpen: true };
    const server =
      scheme === "http"
        ? createServer(halfOpen, connections.servePlain)
        : createTlsServer({ ...halfOpen, ...(await makeCertificate(["127.0.0.1"])) });
    server.on("connection", connections.accept);
    server.on("secureConnection", connections.serveSecure);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const accepted = once(server, "connection");
    const to = { port: (server.address() as AddressInfo).port, host: "127.0.0.1", ...halfOpen };
    const client =
      scheme === "http" ? connect(to) : connectTls({ ...to, rejectUnauthorized: false });
    onTestFinished(() => {
      connections.closeIdle();
      connections.destroy();
      client.destroy();
      server.close();
    });
    client.write("no request\r\n\r\n");
    await ended(client);
    const [raw] = (await accepted) as [Socket];
    return raw;
  }

  it.each(["http", "https"] as const)(
    "is let go after a minute where the client does not end its half: %s",
    async (scheme) => {
      const raw = await refused(scheme);
      look(1);
      expect(raw.destroyed).toBe(false);
      look(1);
      expect(raw.destroyed).toBe(true);
    },
  );
});
