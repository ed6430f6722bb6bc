import { once } from "node:events";
import { connect as connectHttp2 } from "node:http2";
import { describe, expect, it } from "vitest";
import type { Exchange } from "../../../src/core/journal/journal.ts";
import { startMock } from "../../../src/mock.ts";
import { cortexCall, qualysCall } from "../../support/good-calls.ts";
import { answersAsNew, journalOf } from "../../support/hostile.ts";
import { promised } from "../../support/promised.ts";
import { hold } from "../../support/raw-socket.ts";
import { goaway, headersFrame, overHttp2, PREFACE, resetFrame } from "../../support/tls.ts";

const POST = { ":method": "POST", ":path": cortexCall.path, ...cortexCall.headers };

describe("a request of HTTP/2", () => {
  it("is in the journal with a host, and with none of its pseudo headers", async () => {
    await using mock = await startMock();
    await overHttp2(mock.url, { ...POST, "x-own": "1" }, { body: cortexCall.body });
    const [entry] = await journalOf(mock);
    const names = Object.keys(entry?.request.headers ?? {});
    expect(names.filter((name) => name.startsWith(":"))).toEqual([]);
    expect(entry?.request.headers).toMatchObject({
      host: new URL(mock.url).host,
      "x-own": "[not shown]",
      authorization: "[redacted]",
    });
  });

  it("is in the journal with its HTTP version, as one of HTTP/1.1 is", async () => {
    await using mock = await startMock();
    await overHttp2(mock.url, { ":method": "GET", ":path": "/auth" });
    await fetch(`${mock.url}/auth`);
    const versions = (await journalOf(mock)).map(({ request }) => request.httpVersion);
    expect(versions).toEqual(["2.0", "1.1"]);
  });

  it("may name its host in a header instead", async () => {
    const { promise: recorded, keep } = promised<Exchange>();
    await using mock = await startMock({ onExchange: keep });
    const socket = await hold(mock.port, PREFACE);
    socket.write(headersFrame({ ":method": "GET", ":path": "/auth", host: "other.test" }));
    expect((await recorded).request.headers).toEqual({ host: "other.test" });
    socket.destroy();
  });

  it("that names two hosts is for the one that counts in HTTP/2", async () => {
    await using mock = await startMock();
    const head = { ":method": "GET", ":authority": "evil.example" };
    const own = { host: new URL(mock.url).host };
    await overHttp2(mock.url, { ...head, ...own, ":path": "/auth" });
    const [entry] = await journalOf(mock);
    expect(entry?.request.headers).toEqual({ host: "evil.example" });
    const { status } = await overHttp2(mock.url, { ...head, ...own, ":path": "/__admin/requests" });
    expect(status).toBe(403);
  });

  it("has no body in the reply to HEAD, and the length it would have", async () => {
    await using mock = await startMock();
    const head = { ":method": "HEAD", ":path": "/auth" };
    const { status, headers, body } = await overHttp2(mock.url, head);
    const get = await overHttp2(mock.url, { ...head, ":method": "GET" });
    expect([status, headers["content-length"], body]).toEqual([401, String(get.body.length), ""]);
  });

  it("is refused by fauxdr itself where it wants a proxy", async () => {
    await using mock = await startMock();
    const { status, body } = await overHttp2(mock.url, {
      ":method": "CONNECT",
      ":authority": "api.test:443",
    });
    expect([status, body]).toEqual([404, expect.stringContaining("CONNECT /api.test:443")]);
  });

  it("is accepted with an unknown expectation", async () => {
    await using mock = await startMock();
    const { status } = await overHttp2(
      mock.url,
      { ...POST, expect: "tea" },
      { body: cortexCall.body },
    );
    expect(status).toBe(200);
  });

  it("is compressed on demand, as over HTTP/1.1", async () => {
    await using mock = await startMock();
    const { headers } = await overHttp2(
      mock.url,
      { ...POST, "accept-encoding": "gzip" },
      { body: cortexCall.body },
    );
    expect(headers).toMatchObject({ "content-encoding": "gzip", vary: "accept-encoding" });
  });

  it("is refused over the limit, in a reply without a header that HTTP/2 forbids", async () => {
    await using mock = await startMock({ bodyLimitBytes: 1000 });
    const warnings: Error[] = [];
    const listen = (warning: Error): unknown => warnings.push(warning);
    process.on("warning", listen);
    const { status, headers } = await overHttp2(mock.url, POST, { body: " ".repeat(100_000) });
    expect([status, headers["connection"]]).toEqual([413, undefined]);
    expect(mock.journal.entries()).toMatchObject([{ request: { body: { bytes: 100_000 } } }]);
    process.off("warning", listen);
    expect(warnings).toEqual([]);
  });

  it("changes nothing if its client cancels it in the middle of the body", async () => {
    const { promise: recorded, keep } = promised<Exchange>();
    await using mock = await startMock({ onExchange: keep });
    const socket = await hold(mock.port, PREFACE);
    const head = { ...POST, ":authority": "x", "content-length": "5000", expect: "100-continue" };
    const continued = once(socket, "data");
    socket.write(headersFrame(head, { open: true }));
    await continued;
    socket.write(resetFrame());
    const entry = await recorded;
    expect(entry).toMatchObject({
      vendor: "cortex",
      refusal: { kind: "malformed", reason: "the body ends after 0 bytes of 5000" },
    });
    expect(entry).not.toHaveProperty("reply");
    await answersAsNew(mock);
    socket.destroy();
  });

  it("runs concurrently with others on its connection, each with its own answer", async () => {
    await using mock = await startMock();
    const session = connectHttp2(mock.url);
    const bodies = [cortexCall, qualysCall, cortexCall].map(async ({ path, headers, body }) => {
      const stream = session.request({ ":method": "POST", ":path": path, ...headers });
      stream.end(body);
      let text = "";
      for await (const chunk of stream) text += chunk;
      return text;
    });
    const [first, second, third] = await Promise.all(bodies);
    expect([first, second]).toEqual([cortexCall.granted.document, qualysCall.granted.document]);
    expect(third).toContain('"action_id":"1002"');
    session.destroy();
  });
});

describe("a connection of HTTP/2 that is broken", () => {
  it.each([
    ["noise after the preface", Buffer.alloc(100_000, "x")],
    ["a frame that is too long", Buffer.from("ffffff000000000001", "hex")],
    ["headers that cannot be decoded", Buffer.from("000003010500000001ffffff", "hex")],
  ])("by %s is refused, and does no harm", async (_, bytes) => {
    await using mock = await startMock();
    const socket = await hold(mock.port, PREFACE);
    const refused = goaway(socket);
    socket.write(bytes);
    await refused;
    // Newer versions of Node report it as garbage.
    const requests = (await journalOf(mock)).filter(({ request }) => request.method !== "");
    expect(requests).toEqual([]);
    await answersAsNew(mock);
    socket.destroy();
  });

  it("by thousands of cancelled requests is refused, and does no harm", async () => {
    await using mock = await startMock({ journalEntries: 10 });
    const before = mock.store.state();
    const socket = await hold(mock.port, PREFACE);
    const takenBack = (stream: number): Buffer =>
      Buffer.concat([headersFrame({ ...POST, ":authority": "x" }, { stream }), resetFrame(stream)]);
    const refused = goaway(socket);
    const flood = Array.from({ length: 5000 }, (_, index) => takenBack(index + 1));
    socket.write(Buffer.concat(flood));
    await refused;
    expect(mock.store.state()).toEqual(before);
    await answersAsNew(mock);
    socket.destroy();
  });
});
