import { connect } from "node:net";
import { describe, expect, it } from "vitest";
import { FAULTS } from "../../../src/core/faults/fault.ts";
import { type Mock, startMock } from "../../../src/index.ts";
import { listen } from "../../support/events.ts";
import { bytesOf, cortexCall, type GoodCall, qualysCall } from "../../support/good-calls.ts";
import { VENDOR_NAMES } from "../../support/vendor-names.ts";
import { until } from "../../support/watched.ts";

async function call({ url }: Mock, { path, headers, body }: GoodCall): Promise<number> {
  const init = { method: "POST", headers: headers as Record<string, string>, body };
  const reply = await fetch(`${url}${path}`, init);
  await reply.arrayBuffer();
  return reply.status;
}

const unauthorized = { ...cortexCall, headers: { ...cortexCall.headers, authorization: "wrong" } };

describe("the stream of exchanges", () => {
  it("reports an exchange when it begins, and again when it has ended", async () => {
    await using mock = await startMock();
    const listener = await listen(mock);
    expect([listener.status, listener.headers.get("content-type")]).toEqual([
      200,
      "text/event-stream",
    ]);
    expect(listener.headers.get("cache-control")).toBe("no-store");
    expect(listener.headers.get("x-accel-buffering")).toBe("no");
    expect(listener.headers.get("content-length")).toBeNull();
    await call(mock, cortexCall);
    const { event, exchange } = await listener.next();
    expect([event, exchange.open, exchange.id, exchange.vendor]).toEqual([
      "opened",
      true,
      1,
      "cortex",
    ]);
    expect(exchange.reply).toBeUndefined();
    const [closed] = mock.journal.entries();
    expect(await listener.next()).toEqual({ event: "closed", exchange: closed });
    listener.stop();
  });

  it("reports a call while its body is still arriving", async () => {
    await using mock = await startMock();
    const listener = await listen(mock);
    const bytes = bytesOf(cortexCall);
    const socket = connect({ port: mock.port, host: "127.0.0.1" }).resume();
    socket.write(bytes.subarray(0, bytes.length - 20));
    const opened = await listener.next();
    expect(opened).toMatchObject({
      event: "opened",
      exchange: { open: true, request: { url: cortexCall.path, body: { bytes: 0 } } },
    });
    socket.write(bytes.subarray(bytes.length - 20));
    const closed = await listener.next();
    expect(closed).toMatchObject({
      event: "closed",
      exchange: { id: 1, request: { body: { text: cortexCall.body } }, reply: { status: 200 } },
    });
    listener.stop();
  });

  it.each<[string, string, string[]]>([
    ["", "all", ["opened", "closed", "opened", "closed", "opened", "closed"]],
    ["?vendor=qualys", "of a vendor", ["opened", "closed"]],
    ["?tenant=default&vendor=cortex", "of two", ["opened", "closed", "opened", "closed"]],
    // Neither is known yet when an exchange begins.
    ["?operation=quarantineFiles", "of an operation", ["closed", "closed"]],
    ["?status=401", "of a status", ["closed"]],
  ])("with the filter %j tells %s", async (query, _what, expected) => {
    await using mock = await startMock();
    const listener = await listen(mock, query);
    for (const good of [cortexCall, unauthorized, qualysCall]) await call(mock, good);
    const seen: string[] = [];
    for (const _ of expected) seen.push((await listener.next()).event);
    expect(seen).toEqual(expected);
    listener.stop();
  });

  it("reports the fault of a call, by its kind", async () => {
    await using mock = await startMock();
    mock.faults.add({ nth: 2, fault: { kind: "html-page" } });
    const listener = await listen(mock, "?fault=html-page");
    for (let made = 0; made < 3; made++) await call(mock, cortexCall);
    expect(await listener.next()).toMatchObject({ event: "closed", exchange: { id: 2 } });
    listener.stop();
  });

  it("leaves out other tenants where one is asked for", async () => {
    await using mock = await startMock();
    await mock.tenant({ name: "other" });
    const listener = await listen(mock, "?tenant=other");
    await call(mock, cortexCall);
    const headers = {
      ...cortexCall.headers,
      "x-xdr-auth-id": "11",
      authorization: "other-standard-key",
    };
    expect(await call(mock, { ...cortexCall, headers })).toBe(200);
    expect((await listener.next()).exchange.tenant).toBe("other");
    listener.stop();
  });

  it("reports to every listener from when it connects, also after another one has left", async () => {
    await using mock = await startMock();
    const first = await listen(mock, "?status=200");
    const leaving = await listen(mock);
    await call(mock, cortexCall);
    expect((await leaving.next()).exchange.id).toBe(1);
    leaving.stop();
    const late = await listen(mock, "?status=200");
    await call(mock, cortexCall);
    await call(mock, cortexCall);
    for (const id of [1, 2, 3]) expect((await first.next()).exchange.id).toBe(id);
    for (const id of [2, 3]) expect((await late.next()).exchange.id).toBe(id);
    first.stop();
    late.stop();
  });

  it("is in no journal, and reports no call of the control API", async () => {
    await using mock = await startMock();
    const listener = await listen(mock);
    await fetch(`${mock.url}/__admin/health`);
    await call(mock, qualysCall);
    expect((await listener.next()).exchange.vendor).toBe("qualys");
    expect(mock.journal.entries()).toHaveLength(1);
    listener.stop();
  });

  it("closes the stream of a listener that has stopped reading, and the others miss nothing", async () => {
    const many = 40;
    await using mock = await startMock({ journalBodyBytes: 1_000_000 });
    const slow = connect({ port: mock.port, host: "127.0.0.1" });
    slow.write("GET /__admin/requests/stream HTTP/1.1\r\nhost: localhost\r\n\r\n");
    await new Promise((resolve) => slow.once("readable", resolve));
    const quick = await listen(mock, "?status=400");
    const big = { ...cortexCall, body: JSON.stringify({ comment: "y".repeat(900_000) }) };
    for (let made = 1; made <= many; made++) {
      expect(await call(mock, big)).toBe(400);
      expect((await quick.next()).exchange.id).toBe(made);
    }
    // The slow reader was disconnected: it gets neither the rest nor the end of the stream.
    let text = "";
    slow.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
    });
    slow.on("error", () => {});
    await until(() => slow.destroyed);
    expect(text.match(/event: closed/g)?.length ?? 0).toBeLessThan(many);
    expect(text).not.toMatch(/\r\n0\r\n\r\n$/);
    quick.stop();
  });

  it("ends when the mock closes", async () => {
    const mock = await startMock();
    const listener = await listen(mock);
    const ended = listener.ended();
    await mock.close();
    await ended;
  });

  it.each([
    ["?tenant=nobody", 404, "there is no tenant nobody"],
    ["?vendor=nobody", 400, `There is no vendor "nobody": choose from ${VENDOR_NAMES}.`],
    [
      "?operation=quarantineFile",
      400,
      'There is no operation "quarantineFile"; the nearest is quarantineFiles.',
    ],
    [
      "?fault=empty_response",
      400,
      `There is no kind of fault "empty_response": choose from ${Object.keys(FAULTS).join(", ")}.`,
    ],
  ])("with %s is refused before it begins", async (query, status, error) => {
    await using mock = await startMock();
    const reply = await fetch(`${mock.url}/__admin/requests/stream${query}`);
    expect([reply.status, await reply.json()]).toEqual([status, { error }]);
  });
});
