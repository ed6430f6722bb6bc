import { createHash } from "node:crypto";
import { connect, type Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { bytesOf, cortexCall, type GoodCall, qualysCall } from "../support/good-calls.ts";
import { journalOf } from "../support/hostile.ts";
import { exchange } from "../support/raw-socket.ts";
import { startWatched, until, type Watched } from "../support/watched.ts";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** A connection that has sent all of a call but its last bytes. */
async function begun(mock: Watched, call: GoodCall): Promise<{ socket: Socket; rest: Buffer }> {
  const bytes = bytesOf(call);
  const socket = connect({ port: mock.port, host: "127.0.0.1" }).resume();
  socket.on("error", () => {});
  socket.write(bytes.subarray(0, bytes.length - 20));
  await until(() => mock.journal.entries().length > 0);
  return { socket, rest: bytes.subarray(bytes.length - 20) };
}

describe.each([cortexCall, qualysCall])("a call of $vendor whose body is on its way", (call) => {
  it("is open in the journal, with its head and nothing else", async () => {
    await using mock = await startWatched();
    const { socket, rest } = await begun(mock, call);
    const [entry] = await journalOf(mock);
    expect(entry).toMatchObject({
      id: 1,
      open: true,
      tenant: "default",
      vendor: call.vendor,
      request: {
        method: "POST",
        url: call.path,
        headers: { authorization: "[redacted]" },
        body: { text: "", bytes: 0 },
      },
    });
    expect([entry?.reply, entry?.operation, entry?.principal]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    socket.write(rest);
    const closed = await mock.closed();
    expect(closed).toMatchObject({
      id: 1,
      request: { body: { text: call.body, bytes: call.body.length } },
      reply: { status: 200 },
    });
    expect(await journalOf(mock)).toEqual([closed]);
  });

  it("is recorded as aborted, and refused, when the connection breaks", async () => {
    await using mock = await startWatched();
    const { socket } = await begun(mock, call);
    socket.resetAndDestroy();
    const closed = await mock.closed();
    expect(closed).toMatchObject({ id: 1, aborted: true, refusal: { kind: "malformed" } });
    expect([closed.open, closed.reply]).toEqual([undefined, undefined]);
    expect(closed.request.body.text).toBe(call.body.slice(0, -20));
    expect(mock.actions.list()).toEqual([]);
  });

  it("may be forgotten meanwhile: it ends without a trace", async () => {
    await using mock = await startWatched();
    const { socket, rest } = await begun(mock, call);
    mock.reset();
    socket.write(rest);
    expect((await mock.closed()).reply?.status).toBe(200);
    expect(mock.journal.entries()).toEqual([]);
  });
});

it("has the durations of a request and its reply, in order", async () => {
  await using mock = await startWatched();
  await exchange(mock.port, bytesOf(cortexCall));
  const { timings, durationMs } = await mock.closed();
  expect(timings?.requestMs).toBeGreaterThan(0);
  expect(timings?.replyMs).toBeGreaterThanOrEqual(timings?.requestMs ?? Infinity);
  expect(durationMs).toBeGreaterThanOrEqual(timings?.replyMs ?? Infinity);
});

describe("a body that is longer than the journal keeps", () => {
  it("is cut, and hashed whole: the request's and the reply's", async () => {
    await using mock = await startWatched({ journalBodyBytes: 30 });
    await exchange(mock.port, bytesOf(cortexCall));
    const { request, reply } = await mock.closed();
    const reference = cortexCall.granted.document;
    expect(request.body).toMatchObject({
      cut: true,
      bytes: cortexCall.body.length,
      sha256: sha256(cortexCall.body),
    });
    expect(reply?.body).toMatchObject({
      cut: true,
      bytes: reference.length,
      sha256: sha256(reference),
    });
    for (const [{ text }, whole] of [
      [request.body, cortexCall.body],
      [reply?.body ?? { text: "?" }, reference],
    ] as const) {
      expect(text.length).toBeLessThanOrEqual(30);
      expect(whole.startsWith(text)).toBe(true);
    }
  });

  it("is hashed as the client sees it unpacked", async () => {
    await using mock = await startWatched({ journalBodyBytes: 10 });
    const headers = { "accept-encoding": "gzip" };
    await exchange(mock.port, bytesOf(cortexCall, { headers }));
    expect((await mock.closed()).reply?.body.sha256).toBe(sha256(cortexCall.granted.document));
  });

  it("of exactly as many characters is whole, and has no hash", async () => {
    await using mock = await startWatched({ journalBodyBytes: cortexCall.body.length });
    await exchange(mock.port, bytesOf(cortexCall));
    expect((await mock.closed()).request.body).toEqual({
      text: cortexCall.body,
      bytes: cortexCall.body.length,
    });
  });

  it("is hashed to its end where it is over the server's own limit", async () => {
    await using mock = await startWatched({ bodyLimitBytes: 100 });
    const body = "x".repeat(5000);
    await exchange(mock.port, bytesOf(cortexCall, { body }));
    const { request, refusal } = await mock.closed();
    expect(refusal?.kind).toBe("too-large");
    expect(request.body).toEqual({ text: "", bytes: 5000, cut: true, sha256: sha256(body) });
  });
});
