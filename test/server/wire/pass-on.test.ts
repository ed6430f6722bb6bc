import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import type { WireRequest } from "../../../src/core/vendor.ts";
import { startMock } from "../../../src/mock.ts";
import { passOn } from "../../../src/server/wire/pass-on.ts";

async function serverWith(listener: RequestListener): Promise<URL> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once("listening", resolve));
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/base`);
}

const request = (more: Partial<WireRequest> = {}): WireRequest => ({
  scheme: "http",
  httpVersion: "1.1",
  method: "POST",
  url: "/x?y=1",
  path: "/x",
  query: new URLSearchParams("y=1"),
  headers: { host: "mock.test", "x-key": "secret", "accept-encoding": "gzip", connection: "close" },
  body: Buffer.from('{"a":1}'),
  ...more,
});

it("passes on method, path, body and headers, but those of the connection", async () => {
  const upstream = await serverWith(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk);
    const { method, url, headers } = req;
    res.end(JSON.stringify({ method, url, headers, body: Buffer.concat(chunks).toString() }));
  });
  const seen = JSON.parse((await passOn(upstream, request())).text ?? "");
  expect(seen).toMatchObject({ method: "POST", url: "/base/x?y=1", body: '{"a":1}' });
  expect(seen.headers).toMatchObject({
    host: upstream.host,
    "x-key": "secret",
    "content-length": "7",
  });
  expect(seen.headers["accept-encoding"]).toBeUndefined();
});

it("brings the reply back unchanged", async () => {
  const upstream = await serverWith((_req, res) => {
    res.writeHead(418, { "content-type": "text/csv; charset=utf-8", "x-rate": "7" });
    res.end("a,b\n");
  });
  expect(await passOn(upstream, request())).toMatchObject({
    status: 418,
    contentType: "text/csv; charset=utf-8",
    text: "a,b\n",
    headers: { "x-rate": "7" },
  });
});

it("brings bytes back that are no text", async () => {
  const upstream = await serverWith((_req, res) => res.end(Buffer.of(0xff, 0xfe)));
  expect((await passOn(upstream, request())).bytes).toEqual(Buffer.of(0xff, 0xfe));
});

it("rejects where the connection breaks, before or in the reply", async () => {
  const silent = await serverWith((req) => void req.socket.destroy());
  await expect(passOn(silent, request())).rejects.toThrow(/hang up|ECONNRESET/);
  const broken = await serverWith((req, res) => {
    res.writeHead(200, { "content-length": "10" });
    res.write("a", () => req.socket.destroy());
  });
  await expect(passOn(broken, request())).rejects.toThrow(/aborted|ECONNRESET/);
});

it("rejects a certificate that nobody vouches for", async () => {
  await using mock = await startMock({ tls: true });
  await expect(passOn(new URL(mock.tlsUrl ?? ""), request())).rejects.toThrow(
    /certificate|self-signed|issuer/i,
  );
});
