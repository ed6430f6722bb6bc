import { connect } from "node:net";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { Fault } from "../../../src/index.ts";
import { CLOCK } from "../../support/cortex.ts";
import { bytesOf, cortexCall } from "../../support/good-calls.ts";
import { exchange } from "../../support/raw-socket.ts";
import { startWatched, until } from "../../support/watched.ts";

const BODY = cortexCall.granted.document;

/** All that a mock sends back to one call until it ends the connection; the client itself never ends it. */
async function received(
  fault: Fault,
  headers: Record<string, string> = {},
): Promise<{ head: string; bytes: Buffer; code: string | undefined }> {
  await using mock = await startWatched({ clock: CLOCK });
  mock.faults.add({ fault });
  const socket = connect({ port: mock.port, host: "127.0.0.1", allowHalfOpen: true });
  const chunks: Buffer[] = [];
  let code: string | undefined;
  socket.on("data", (chunk: Buffer) => chunks.push(chunk));
  const over = new Promise<void>((resolve) => {
    socket.on("end", resolve);
    socket.on("error", (error: NodeJS.ErrnoException) => {
      code = error.code;
      resolve();
    });
  });
  socket.write(bytesOf(cortexCall, { headers: { connection: "keep-alive", ...headers } }));
  await over;
  // The server does not wait for the client to end as well.
  expect(await mock.closed()).toMatchObject({ aborted: true, fault: { kind: fault.kind } });
  socket.destroy();
  const all = Buffer.concat(chunks);
  const end = all.indexOf("\r\n\r\n");
  return {
    head: all.subarray(0, Math.max(0, end)).toString(),
    bytes: all.subarray(end < 0 ? 0 : end + 4),
    code,
  };
}

describe("on a socket", () => {
  it("EMPTY_RESPONSE closes without a byte, and without a reset", async () => {
    const { head, bytes, code } = await received({ kind: "EMPTY_RESPONSE" });
    expect([head, bytes.length, code]).toEqual(["", 0, undefined]);
  });

  it("CONNECTION_RESET_BY_PEER sends no byte and a reset", async () => {
    const { head, bytes, code } = await received({ kind: "CONNECTION_RESET_BY_PEER" });
    expect([head, bytes.length, code]).toEqual(["", 0, "ECONNRESET"]);
  });

  // Only Python shows that a reset follows: Node reports a reset right after bytes as an end.
  it.each([0, 1, 10, BODY.length - 1, 10_000])(
    "a reset after %i bytes sends the head and as many bytes as there are",
    async (afterBytes) => {
      const { head, bytes } = await received({ kind: "CONNECTION_RESET_BY_PEER", afterBytes });
      expect(head).toContain("HTTP/1.1 200 OK");
      expect(head).toContain(`content-length: ${BODY.length}`);
      expect(bytes.toString()).toBe(BODY.slice(0, afterBytes));
    },
  );

  it("truncated-body announces all of the body and sends half of it", async () => {
    const { head, bytes, code } = await received({ kind: "truncated-body" });
    expect(head).toContain(`content-length: ${BODY.length}`);
    expect([bytes.toString(), code]).toEqual([BODY.slice(0, BODY.length / 2), undefined]);
  });

  it("truncated-body cuts the bytes that go out, where these are packed", async () => {
    const { head, bytes } = await received(
      { kind: "truncated-body" },
      { "accept-encoding": "gzip" },
    );
    const length = Number(/content-length: (\d+)/.exec(head)?.[1]);
    expect(head).toContain("content-encoding: gzip");
    expect(bytes).toHaveLength(Math.floor(length / 2));
    expect(() => gunzipSync(bytes)).toThrow("unexpected end of file");
  });

  it("MALFORMED_RESPONSE_CHUNK is a 200 with invalid chunks, and then the end", async () => {
    const { head, bytes, code } = await received({ kind: "MALFORMED_RESPONSE_CHUNK" });
    expect(head).toContain("HTTP/1.1 200 OK");
    expect(head).toContain("transfer-encoding: chunked");
    expect([bytes.toString(), code]).toEqual(["no chunk\r\n", undefined]);
  });

  it("RANDOM_DATA_THEN_CLOSE sends the same bytes every time, and then the end", async () => {
    const first = await received({ kind: "RANDOM_DATA_THEN_CLOSE" });
    const second = await received({ kind: "RANDOM_DATA_THEN_CLOSE" });
    expect(first.bytes.length).toBeGreaterThan(100);
    expect(first.bytes.toString("latin1")).not.toMatch(/^HTTP/);
    expect([first.bytes, first.code]).toEqual([second.bytes, undefined]);
  });
});

it.each([204, 304])("a status %i has no body, on the wire and in the journal", async (status) => {
  await using mock = await startWatched({ clock: CLOCK });
  mock.faults.add({ fault: { kind: "status", status, headers: { "x-a": "b" }, body: "text" } });
  const replies = await exchange(mock.port, bytesOf(cortexCall));
  expect(replies).toMatchObject([{ status, headers: { "x-a": "b" }, body: "" }]);
  expect(replies[0]?.headers["content-length"]).toBeUndefined();
  expect((await mock.closed()).reply).toMatchObject({ status, body: { text: "", bytes: 0 } });
});

describe("slow-body", () => {
  const slow = { kind: "slow-body", overMs: 1000 } as const;
  const headers = {
    ...(cortexCall.headers as Record<string, string>),
    "accept-encoding": "identity",
  };

  it("comes in ten pieces, one with every tenth of its time", async () => {
    await using mock = await startWatched({ clock: CLOCK });
    mock.faults.add({ fault: slow });
    const { path, body } = cortexCall;
    const reply = await fetch(`${mock.url}${path}`, { method: "POST", headers, body });
    expect(reply.headers.get("content-length")).toBe(String(BODY.length));
    const reader = reply.body?.getReader();
    const size = Math.ceil(BODY.length / 10);
    for (let from = 0; from < BODY.length; from += size) {
      expect(mock.journal.entries()[0]?.open).toBe(true);
      mock.clock.advance(100);
      const { value } = (await reader?.read()) ?? {};
      expect(Buffer.from(value ?? []).toString()).toBe(BODY.slice(from, from + size));
    }
    mock.clock.advance(100);
    expect(await reader?.read()).toMatchObject({ done: true });
    expect((await mock.closed()).aborted).toBeUndefined();
  });

  it("arrives completely when all of its time passes at once", async () => {
    await using mock = await startWatched({ clock: CLOCK });
    mock.faults.add({ fault: slow });
    const { path, body } = cortexCall;
    const reply = await fetch(`${mock.url}${path}`, { method: "POST", headers, body });
    mock.clock.advance(1000);
    expect(await reply.text()).toBe(BODY);
  });

  it("ends when its client disconnects, and is recorded as aborted", async () => {
    await using mock = await startWatched({ clock: CLOCK });
    mock.faults.add({ fault: slow });
    const { path, body } = cortexCall;
    const impatience = new AbortController();
    const { signal } = impatience;
    await fetch(`${mock.url}${path}`, { method: "POST", headers, body, signal });
    impatience.abort();
    expect(await mock.closed()).toMatchObject({ aborted: true, reply: { status: 200 } });
    mock.clock.advance(1000);
    await until(() => mock.journal.entries()[0]?.open === undefined);
  });
});
