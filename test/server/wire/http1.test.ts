import { describe, expect, it } from "vitest";
import { startMock } from "../../../src/mock.ts";
import { bytesOf, chunked, cortexCall, qualysCall } from "../../support/good-calls.ts";
import {
  answersAsNew,
  faces,
  journalOf,
  refuses,
  refusesInWords,
  startFace,
} from "../../support/hostile.ts";
import { exchange } from "../../support/raw-socket.ts";
import { noText, wrongMethod } from "../../support/refusals.ts";

const KEEP_ALIVE = { connection: "keep-alive" };
const CLOSED = { connection: "close", "content-length": "0" };

/** A correct call with an error in its head. */
const spoilt = (good: string | RegExp, bad: string): string =>
  bytesOf(cortexCall).toString("latin1").replace(good, bad);

const length = (words: string): string => spoilt(/content-length: \d+/, words);

const GARBAGE: readonly (readonly [what: string, bytes: string])[] = [
  ["a TLS greeting", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03"],
  ["a million bytes of noise", "\x16\x03".repeat(500_000)],
  ["nearly the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSN\r\n\r\n"],
  ["an unknown method", spoilt("POST", "PUSH")],
  ["a method in lower case", spoilt("POST", "post")],
  ["an unknown version", spoilt("HTTP/1.1", "HTTP/3.7")],
  ["a path that is not ASCII", spoilt("quarantine", "\u00e4")],
  ["a header without a colon", spoilt("host:", "host ")],
  ["a zero byte in a header", spoilt("mock.", "mock\0")],
  ["a negative length", length("content-length: -1")],
  ["two lengths", length("content-length: 1\r\ncontent-length: 2")],
  ["a length and chunks", length("content-length: 1\r\ntransfer-encoding: chunked")],
];

describe("bytes that are not an HTTP request", () => {
  it.each(GARBAGE)("is answered 400 and recorded: %s", async (_, bytes) => {
    await using mock = await startMock();
    const { reply, entry } = await refuses(mock, Buffer.from(bytes, "latin1"));
    expect(reply).toEqual({ status: 400, headers: CLOSED, body: "" });
    expect(entry).toMatchObject({
      request: { method: "", url: "", body: { bytes: 0 } },
      refusal: { kind: "malformed", reason: expect.stringMatching(/^not an HTTP request: ./) },
    });
    expect(entry).not.toHaveProperty("vendor");
  });

  it("is answered 400 and recorded: a request whose client stops in its head", async () => {
    await using mock = await startMock();
    const { reply } = await refuses(mock, "POST /public_api/v1/endp", "half-closes");
    expect(reply).toEqual({ status: 400, headers: CLOSED, body: "" });
  });

  it("is answered 400 and recorded: a request that names no host", async () => {
    await using mock = await startMock();
    const bytes = bytesOf(cortexCall, { headers: { host: undefined, connection: "keep-alive" } });
    const { reply, entry } = await refuses(mock, bytes);
    expect(reply).toEqual({ status: 400, headers: CLOSED, body: "" });
    expect(entry.refusal).toEqual({
      kind: "malformed",
      reason: "not an HTTP request: the Host header is missing",
    });
  });

  it.each([17_000, 1_000_000])(
    "is answered 431 and recorded: a header of %i bytes",
    async (size) => {
      await using mock = await startMock();
      const bytes = bytesOf(qualysCall, { headers: { cookie: "x".repeat(size) } });
      const { reply, entry } = await refuses(mock, bytes);
      expect(reply).toEqual({ status: 431, headers: CLOSED, body: "" });
      expect(entry.refusal).toEqual({
        kind: "malformed",
        reason: "not an HTTP request: Parse Error: Header overflow",
      });
    },
  );

  it("is answered by fauxdr itself: a client that takes it for a proxy", async () => {
    await using mock = await startMock();
    const bytes = "CONNECT api.test:443 HTTP/1.1\r\nhost: api.test:443\r\n\r\n";
    const { reply, entry } = await refuses(mock, bytes);
    const error =
      "no vendor serves CONNECT /api.test:443; this server mocks Cortex XDR and Qualys EDR, and its control API is under /__admin";
    expect([reply.status, reply.body]).toEqual([404, JSON.stringify({ error })]);
    expect(reply.headers["x-fauxdr-error"]).toBe(error);
    expect(entry).toMatchObject({ request: { method: "CONNECT", url: "api.test:443" }, error });
  });

  it("is nothing at all: a connection that closes without a byte", async () => {
    await using mock = await startMock();
    expect(await exchange(mock.port, "", "half-closes")).toEqual([]);
    expect(await journalOf(mock)).toEqual([]);
    await answersAsNew(mock);
  });
});

describe.each(faces)("a request to $name", (face) => {
  const { call } = face;
  const granted = { status: 200, body: call.granted[face.wire] };

  it.each([
    ["a size that is no number", "zz\r\nhello\r\n0\r\n\r\n", 0],
    ["more bytes than the size says", "5\r\nhello!!\r\n0\r\n\r\n", 5],
    ["a million bytes that are no chunk", `5\r\nhello\r\n${"\xff".repeat(1_000_000)}`, 5],
  ])("is refused with broken chunks: %s", async (_, chunks, bytes) => {
    const refusals = noText(`the chunked body breaks off after ${bytes} bytes`);
    const request = chunked(call, chunks, KEEP_ALIVE);
    const { entry } = await refusesInWords(face, request, refusals);
    expect(entry.request).toMatchObject({ method: "POST", url: call.path, body: { bytes } });
  });

  it("is refused when its client stops in the middle of a chunk", async () => {
    const refusals = noText("the chunked body breaks off after 3 bytes");
    const request = chunked(call, "5\r\nhel", KEEP_ALIVE);
    await refusesInWords(face, request, refusals, { ending: "half-closes" });
  });

  it.each(["GET", "PUT", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "M-SEARCH"])(
    "is refused with the method %s",
    async (method) => {
      const { entry } = await refusesInWords(face, bytesOf(call, { method }), wrongMethod(method));
      expect(entry.refusal?.kind).toBe("wrong-method");
    },
  );

  it("is refused with the method HEAD, in a reply without a body", async () => {
    await using mock = await startFace(face);
    const [reply, ...more] = await exchange(mock.port, bytesOf(call, { method: "HEAD" }));
    const [status, body] = wrongMethod("HEAD")[face.name];
    expect([reply?.status, reply?.body, more]).toEqual([status, "", []]);
    expect(reply?.headers["content-length"]).toBe(String(body.length));
    expect(await journalOf(mock)).toMatchObject([{ reply: { status, body: { text: body } } }]);
    await answersAsNew(mock);
  });

  it.each([
    ["an expectation that nobody knows", { expect: "tea" }],
    ["a wish for another protocol", { connection: "upgrade, close", upgrade: "websocket" }],
    ["headers named after Object.prototype", { ["__proto__"]: "x", constructor: "y" }],
  ])("is understood with %s", async (_, headers) => {
    await using mock = await startFace(face);
    expect(await exchange(mock.port, bytesOf(call, { headers }))).toMatchObject([granted]);
    expect(await journalOf(mock)).toMatchObject([{ vendor: call.vendor, reply: { status: 200 } }]);
  });
});
