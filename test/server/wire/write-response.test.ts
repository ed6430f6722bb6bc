import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import type { Response } from "express";
import { expect, it, onTestFinished } from "vitest";
import { sendTogether, type Wire } from "../../../src/server/wire/write-response.ts";

const WIRE: Wire = { status: 200, headers: { "content-length": "2" }, payload: "ok", plain: "ok" };

/** Replies to as many requests, each on a connection of its own, and what their clients get. */
async function hold(requests: number): Promise<{ replies: Response[]; got: Promise<string>[] }> {
  const replies: Response[] = [];
  const server = createServer((_req, res) => void replies.push(res as Response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  onTestFinished(() => void server.close());
  const got: Promise<string>[] = [];
  for (let index = 0; index < requests; index++) {
    const socket = connect(port, "127.0.0.1");
    got.push(
      new Promise((resolve) => {
        let text = "";
        socket.on("error", () => {});
        socket.on("data", (chunk) => {
          text += chunk;
        });
        socket.on("close", () => resolve(text));
      }),
    );
    const arrived = once(server, "request");
    socket.write("GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
    await arrived;
  }
  return { replies, got };
}

it("flushes all replies of one event-loop tick together, each to its client", async () => {
  const { replies, got } = await hold(3);
  const sent = replies.map(
    (res, index) =>
      new Promise<boolean>((resolve) =>
        sendTogether(res, { ...WIRE, payload: `${index}.` }, () => resolve(res.writableEnded)),
      ),
  );
  expect(replies.map(({ headersSent }) => headersSent)).toEqual([false, false, false]);
  expect(await Promise.all(sent)).toEqual([true, true, true]);
  expect((await Promise.all(got)).map((text) => text.slice(-2))).toEqual(["0.", "1.", "2."]);
});

it("reports a reply whose connection has closed meanwhile, and does not delay the others", async () => {
  const { replies, got } = await hold(2);
  const [lost, good] = replies as [Response, Response];
  const told = Promise.all(
    [lost, good].map((res) => new Promise<void>((resolve) => sendTogether(res, WIRE, resolve))),
  );
  lost.req.socket.destroy();
  await told;
  expect([lost.headersSent, good.headersSent]).toEqual([false, true]);
  expect(await got[0]).toBe("");
  expect(await got[1]).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*ok$/);
});
