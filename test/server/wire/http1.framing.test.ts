import { connect } from "node:net";
import { describe, expect, it } from "vitest";
import { startMock } from "../../../src/mock.ts";
import { bytesOf, cortexCall } from "../../support/good-calls.ts";
import { answersAsNew, journalOf, refuses } from "../../support/hostile.ts";
import { ended, exchange, hold } from "../../support/raw-socket.ts";
import { until } from "../../support/watched.ts";

const LENGTH = cortexCall.body.length;
const KEEP_ALIVE = { connection: "keep-alive" };
const CHUNKS = `${LENGTH.toString(16)}\r\n${cortexCall.body}\r\n0\r\n\r\n`;

/** A call that would put a file into quarantine, wherever it is hidden. */
const GOOD = bytesOf(cortexCall).toString("latin1");

/** The good call, its line of the length replaced by others, with another body and what follows. */
const framed = (lines: string, body: string, version = "HTTP/1.1"): string =>
  bytesOf(cortexCall, { headers: KEEP_ALIVE, body: "" })
    .toString("latin1")
    .replace("content-length: 0", lines)
    .replace("HTTP/1.1", version) + body;

const length = (value: string): string => framed(`content-length: ${value}`, cortexCall.body);

/** A call that is correct if this encoding is read as chunked, and another call after it. */
const encoding = (value: string): string => framed(`transfer-encoding: ${value}`, CHUNKS + GOOD);

type Row = readonly [what: string, bytes: string];

const LENGTHS: readonly Row[] = [
  ["two that differ", length(`4\r\ncontent-length: ${LENGTH}`)],
  ["two that agree", length(`${LENGTH}\r\ncontent-length: ${LENGTH}`)],
  ["a list", length(`${LENGTH}, ${LENGTH}`)],
  ["a plus", length(`+${LENGTH}`)],
  ["a minus", length(`-${LENGTH}`)],
  ["hexadecimal digits", length(`0x${LENGTH.toString(16)}`)],
  ["a decimal point", length(`${LENGTH}.0`)],
  ["a space within", length("1 0")],
  ["nothing", length("")],
  ["more than 64 bits hold", length("99999999999999999999")],
];

const ENCODINGS: readonly Row[] = [
  ["chunked, identity", encoding("chunked, identity")],
  ["chunked twice", encoding("chunked\r\ntransfer-encoding: chunked")],
  ["chunked with an end", encoding("chunked,")],
  ["a vertical tab", encoding("\x0bchunked")],
  ["a folded line", encoding("\r\n chunked")],
  ["a space before the colon", framed("transfer-encoding : chunked", CHUNKS + GOOD)],
  ["chunked and a length", framed("transfer-encoding: chunked\r\ncontent-length: 4", CHUNKS)],
  [
    "a length and chunked",
    framed(`content-length: ${LENGTH}\r\ntransfer-encoding: chunked`, `0\r\n\r\n${GOOD}`),
  ],
  ["nothing and a length", framed(`transfer-encoding:\r\ncontent-length: 4`, CHUNKS + GOOD)],
  ["chunked in HTTP/1.0", framed("transfer-encoding: chunked", CHUNKS + GOOD, "HTTP/1.0")],
];

const spoilt = (good: string | RegExp, bad: string): string => GOOD.replace(good, bad);

const LINES: readonly Row[] = [
  ["a folded header", spoilt("host:", "x-a: b\r\n c\r\nhost:")],
  ["a space before the first header", spoilt("host:", " x-a: b\r\nhost:")],
  ["a space before a colon", spoilt("host:", "host :")],
  ["a header without a name", spoilt("host:", ": b\r\nhost:")],
  ["a zero byte in a name", spoilt("host:", "x\0: b\r\nhost:")],
  ["a carriage return alone", spoilt("host:", "x: a\rb: c\r\nhost:")],
  ["a line feed alone after a header", spoilt("host:", "x-a: b\nhost:")],
  ["a line feed alone after the first line", spoilt("HTTP/1.1\r\n", "HTTP/1.1\n")],
  ["line feeds alone", GOOD.replaceAll("\r\n", "\n")],
  ["two hosts", spoilt("host:", "HOST: other.test\r\nhost:")],
  ["a host like a user's address without a path", spoilt(/^POST \S+/, "POST mock.test:443")],
  ["the version 0.9", spoilt("HTTP/1.1", "HTTP/0.9")],
  ["the version 2.0, which begins otherwise", spoilt("HTTP/1.1", "HTTP/2.0")],
  ["no version", `GET ${cortexCall.path}\r\n\r\n`],
];

describe("a request whose end, host or lines could be read in two ways", () => {
  it.each([
    ...LENGTHS.map(([what, bytes]) => [`a length that is ${what}`, bytes] as const),
    ...ENCODINGS.map(([what, bytes]) => [`an encoding that is ${what}`, bytes] as const),
    ...LINES,
  ])("is refused, and nothing in it or behind it is run: %s", async (_, bytes) => {
    await using mock = await startMock();
    const { reply, entry } = await refuses(mock, Buffer.from(bytes, "latin1"));
    expect([reply.status, reply.headers["connection"]]).toEqual([400, "close"]);
    expect(entry.refusal).toMatchObject({
      reason: expect.stringMatching(/^not an HTTP request: ./),
    });
  });

  it.each([
    ["identity", encoding("identity")],
    ["another name", encoding("xchunked")],
    ["chunked in quotes", encoding('"chunked"')],
    ["chunked with a parameter", encoding("chunked;q=1")],
    ["chunked and a tab", encoding("\tchunked\t")],
  ])("is refused by its vendor for an encoding nobody knows: %s", async (_, bytes) => {
    await using mock = await startMock();
    const { reply, entry } = await refuses(mock, Buffer.from(bytes, "latin1"));
    expect([reply.status, reply.headers["connection"]]).toEqual([400, "close"]);
    expect(entry).toMatchObject({ vendor: "cortex", refusal: { kind: "malformed" } });
  });

  it.each([
    ["in a body to be read", { method: "PUT" }],
    ["in a body of GET", { method: "GET" }],
    ["in a body of DELETE", { method: "DELETE" }],
    ["in a body of HEAD", { method: "HEAD" }],
    ["in a body of OPTIONS", { method: "OPTIONS", url: "*" }],
    ["in a body that is called for", { headers: { expect: "100-continue" } }],
  ])("runs nothing that is hidden %s", async (_, changes) => {
    await using mock = await startMock();
    const headers = { ...KEEP_ALIVE, ...("headers" in changes ? changes.headers : {}) };
    const outer = bytesOf(cortexCall, { ...changes, headers, body: GOOD });
    const last = bytesOf(cortexCall, { url: "/nowhere" });
    await ended(await hold(mock.port, Buffer.concat([outer, last])));
    expect((await journalOf(mock)).map(({ request }) => request.url)).toEqual([
      "url" in changes ? changes.url : cortexCall.path,
      "/nowhere",
    ]);
    expect(mock.actions.list()).toEqual([]);
    await answersAsNew(mock);
  });
});

it("every header of a request counts, however many there are", async () => {
  await using mock = await startMock();
  const many = `${"x:\r\n".repeat(2100)}host:`;
  const replies = await exchange(mock.port, GOOD.replace("host:", many));
  expect(replies).toMatchObject([{ status: 200, body: cortexCall.granted.document }]);
});

describe("a request for another protocol", () => {
  const WISH = { connection: "upgrade", upgrade: "websocket" };

  it("is the last on its connection: the bytes after it are not a request, wherever they are cut", async () => {
    await using mock = await startMock();
    const wish = bytesOf(cortexCall, { method: "GET", headers: WISH, body: "" });
    const headers = { ...KEEP_ALIVE, "content-length": String(GOOD.length) };
    const outer = bytesOf(cortexCall, { url: "/nowhere", headers, body: "" });
    mock.clock.freeze();
    mock.faults.add({ fault: { kind: "delay", delayMs: 1000 } });
    const socket = connect(mock.port, "127.0.0.1").on("error", () => {});
    socket.write(Buffer.concat([wish, outer]));
    await until(() => mock.journal.entries().length === 1);
    socket.write(GOOD);
    for (let call = 0; call < 5; call++) expect(await journalOf(mock)).toHaveLength(1);
    mock.clock.advance(1000);
    await ended(socket);
    const urls = (await journalOf(mock)).map(({ request }) => request.url);
    expect(urls).toEqual([cortexCall.path]);
    mock.faults.clear();
    await answersAsNew(mock);
  });

  it("is answered as without the wish, by a server that then closes", async () => {
    await using mock = await startMock();
    const [reply, ...more] = await exchange(mock.port, bytesOf(cortexCall, { headers: WISH }));
    expect(reply).toMatchObject({ status: 200, body: cortexCall.granted.document });
    expect([reply?.headers["connection"], more]).toEqual(["close", []]);
  });

  it("is refused when its body breaks off", async () => {
    await using mock = await startMock();
    const bytes = bytesOf(cortexCall, { headers: { ...WISH, "content-length": "5000" } });
    const { entry } = await refuses(mock, bytes, "half-closes");
    expect(entry.refusal).toMatchObject({ reason: `the body ends after ${LENGTH} bytes of 5000` });
  });
});
