import { IncomingMessage, ServerResponse } from "node:http";
import { networkInterfaces } from "node:os";
import express, { type Request, type Response } from "express";
import { describe, expect, it } from "vitest";
import { KitError } from "../../../src/core/errors.ts";
import type { Exchange } from "../../../src/core/journal/journal.ts";
import { startMock } from "../../../src/mock.ts";
import { listen } from "../../../src/server/wire/listen.ts";
import { bytesOf, cortexCall } from "../../support/good-calls.ts";
import { journalOf } from "../../support/hostile.ts";
import { ended, exchange, hold } from "../../support/raw-socket.ts";

const KEEP_ALIVE = { connection: "keep-alive" };
const good = bytesOf(cortexCall, { headers: KEEP_ALIVE });
const half = bytesOf(cortexCall, {
  headers: { ...KEEP_ALIVE, "content-length": "5000", expect: "100-continue" },
});

// A connection may idle for 65 seconds: a close that waited for it would take longer than this.
describe("a server that closes", () => {
  it.each([
    ["that is kept alive", good],
    ["in the middle of a request", half],
    ["left open after garbage", "no request\r\n\r\n"],
    ["that wanted a proxy", "CONNECT x:1 HTTP/1.1\r\nhost: x:1\r\n\r\n"],
  ])("does not wait for a connection %s", async (_, bytes) => {
    const mock = await startMock();
    const socket = await hold(mock.port, bytes);
    await mock.close();
    await ended(socket);
    socket.destroy();
  });

  it("records the request that it cuts off", async () => {
    const cut = await new Promise<Exchange>((resolve, reject) => {
      const stop = async (): Promise<void> => {
        const mock = await startMock({ onExchange: resolve });
        await hold(mock.port, half);
        await mock.close();
      };
      stop().catch(reject);
    });
    expect(cut).toMatchObject({ vendor: "cortex", refusal: { kind: "malformed" } });
    expect(cut).not.toHaveProperty("reply");
  });

  it("gives its port back, and can be closed again", async () => {
    const mock = await startMock();
    await mock.close();
    await using next = await startMock({ port: mock.port });
    await mock.close();
    expect(await journalOf(next)).toEqual([]);
  });
});

describe("a server that cannot listen", () => {
  it("says that its port is taken", async () => {
    await using mock = await startMock();
    const second = startMock({ port: mock.port });
    await expect(second).rejects.toBeInstanceOf(KitError);
    await expect(second).rejects.toThrow(
      new KitError(
        `Port ${mock.port} on 127.0.0.1 is taken: choose another with --port, or 0 for a free one.`,
      ),
    );
    // The first one still works.
    expect(await journalOf(mock)).toEqual([]);
  });

  it.each([
    ["192.0.2.1", "192.0.2.1 is not an address of this machine: choose another with --host."],
    ["no host", "no host is not a known host: choose another with --host."],
  ])("says that it has no address %s", async (host, sentence) => {
    const started = startMock({ host });
    await expect(started).rejects.toBeInstanceOf(KitError);
    await expect(started).rejects.toThrow(new KitError(sentence));
  });
});

const hasIpv6 = Object.values(networkInterfaces())
  .flat()
  .some((address) => address?.address === "::1");

describe("a server's url", () => {
  it("is where it can be reached", async () => {
    await using mock = await startMock();
    expect(mock.url).toBe(`http://127.0.0.1:${mock.port}`);
    expect(await journalOf(mock)).toEqual([]);
  });

  it("names an address that can be called where it listens on all", async () => {
    await using mock = await startMock({ host: "0.0.0.0" });
    expect(mock.url).toBe(`http://127.0.0.1:${mock.port}`);
    expect(await journalOf(mock)).toEqual([]);
  });

  it.skipIf(!hasIpv6)(
    `has brackets around an IPv6 address${hasIpv6 ? "" : " (not here: IPv6)"}`,
    async () => {
      await using mock = await startMock({ host: "::1" });
      expect(mock.url).toBe(`http://[::1]:${mock.port}`);
      expect(await journalOf(mock)).toEqual([]);
    },
  );
});

describe("a request and its reply", () => {
  it("have Express's prototypes before Express sees them, and after", async () => {
    const app = express();
    const seen: object[] = [];
    const look = (req: Request, res: Response): void => {
      seen.push(Object.getPrototypeOf(req), Object.getPrototypeOf(res));
      expect(req).toBeInstanceOf(IncomingMessage);
      expect(res).toBeInstanceOf(ServerResponse);
    };
    app.use((req, res) => {
      look(req, res);
      res.end("done");
    });
    const { handle } = app as unknown as { handle: (req: Request, res: Response) => void };
    const watched = {
      handle(req: Request, res: Response): void {
        look(req, res);
        handle.call(this, req, res);
      },
    };
    const server = await listen({
      app: Object.assign(app, watched),
      host: "127.0.0.1",
      port: 0,
      onGarbage: () => {},
    });
    try {
      expect(await (await fetch(server.url)).text()).toBe("done");
    } finally {
      await server.close();
    }
    expect(seen).toHaveLength(4);
    expect(seen[2]).toBe(seen[0]);
    expect(seen[3]).toBe(seen[1]);
    expect(Object.getPrototypeOf(seen[0])).toBe(app.request);
    expect(Object.getPrototypeOf(seen[1])).toBe(app.response);
  });

  it("answers on a connection that is kept alive", async () => {
    await using mock = await startMock();
    const bytes = Buffer.concat([good, good, bytesOf(cortexCall)]);
    const replies = await exchange(mock.port, bytes);
    expect(replies.map(({ status, headers }) => [status, headers["connection"]])).toEqual([
      [200, "keep-alive"],
      [200, "keep-alive"],
      [200, "close"],
    ]);
  });
});
