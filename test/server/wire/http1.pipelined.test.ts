import { connect } from "node:net";
import { describe, expect, it } from "vitest";
import { startMock } from "../../../src/mock.ts";
import { bytesOf, cortexCall } from "../../support/good-calls.ts";
import { answersAsNew, faces, journalOf, startFace } from "../../support/hostile.ts";
import { ended, exchange, hold } from "../../support/raw-socket.ts";
import { noText, notJson } from "../../support/refusals.ts";

const KEEP_ALIVE = { connection: "keep-alive" };
const broken = notJson("Expecting property name enclosed in double quotes", 2);

describe.each(faces)("requests to $name on one connection", (face) => {
  const { call } = face;
  const good = bytesOf(call, { headers: KEEP_ALIVE });
  const granted = { status: 200, body: call.granted[face.wire] };

  it("are answered in their order", async () => {
    await using mock = await startFace(face);
    const bad = bytesOf(call, { headers: KEEP_ALIVE, body: "{" });
    const replies = await exchange(mock.port, Buffer.concat([bad, good, bad, bytesOf(call)]));
    const [status, body] = broken[face.name];
    const refused = { status, body };
    expect(replies).toMatchObject([refused, granted, refused, { status: 200 }]);
    expect(replies[3]?.body).not.toBe(granted.body);
    const statuses = (await journalOf(mock)).map(({ reply }) => reply?.status);
    expect(statuses).toEqual([400, 200, 400, 200]);
  });

  it("are all answered before the garbage that follows them", async () => {
    await using mock = await startFace(face);
    const replies = await exchange(mock.port, Buffer.concat([good, Buffer.from("no request\r\n")]));
    expect(replies).toMatchObject([granted, { status: 400, body: "" }]);
    expect(await journalOf(mock)).toMatchObject([
      { vendor: call.vendor, reply: { status: 200 } },
      { request: { method: "" }, reply: { status: 400 } },
    ]);
  });

  it("are all answered when the last one breaks off", async () => {
    await using mock = await startFace(face);
    const last = bytesOf(call, { headers: { "content-length": "5000" } });
    const replies = await exchange(mock.port, Buffer.concat([good, last]), "half-closes");
    const reason = `the body ends after ${call.body.length} bytes of 5000`;
    const [status, body] = noText(reason)[face.name];
    expect(replies).toMatchObject([granted, { status, body }]);
    expect(await journalOf(mock)).toMatchObject([
      { vendor: call.vendor, reply: { status: 200 } },
      { vendor: call.vendor, reply: { status }, refusal: { kind: "malformed", reason } },
    ]);
  });

  it("end with the request that asks for it, even if more follow", async () => {
    await using mock = await startFace(face);
    const replies = await exchange(mock.port, Buffer.concat([bytesOf(call), good]));
    expect(replies).toMatchObject([granted]);
    expect(await journalOf(mock)).toMatchObject([{ reply: { status: 200 } }]);
  });
});

describe("a flood of requests on one connection", () => {
  const small = "GET /auth HTTP/1.1\r\nhost: mock.test\r\n\r\n";

  it("is answered, each of them and in order, where its client reads", async () => {
    await using mock = await startMock({ journalEntries: 10 });
    const many = 2000;
    const replies = await exchange(mock.port, small.repeat(many) + bytesOf(cortexCall).toString());
    expect(replies).toHaveLength(many + 1);
    expect(new Set(replies.slice(0, many).map(({ status }) => status))).toEqual(new Set([401]));
    expect(replies[many]).toMatchObject({ status: 200, body: cortexCall.granted.document });
    expect(await journalOf(mock)).toHaveLength(10);
  });

  it("is read no further where its client does not read", async () => {
    await using mock = await startMock({ journalEntries: 10 });
    const url = "/public_api/v1/endpoints/get_endpoint";
    const large = bytesOf(cortexCall, { url, headers: KEEP_ALIVE, body: '{"request_data":{}}' });
    const many = 20_000;
    const socket = connect(mock.port, "127.0.0.1").on("error", () => {});
    socket.pause().write(Buffer.alloc(many * large.length, large));
    const last = (): number => mock.journal.entries().at(-1)?.id ?? 0;
    // Other clients still get replies. If no more requests were read meanwhile, none will be.
    for (let before = -1; last() !== before || before === 0; ) {
      before = last();
      for (let call = 0; call < 5; call++) await journalOf(mock);
    }
    expect(last()).toBeLessThan(many / 4);
    await answersAsNew(mock);
    socket.destroy();
  });
});

describe("a connection that is refused", () => {
  const noise = Buffer.alloc(16 * 1024 * 1024, "x");
  const hostless = { host: undefined, connection: "keep-alive" };

  it.each([
    ["garbage", "no request\r\n\r\n"],
    ["a request that names no host", bytesOf(cortexCall, { headers: hostless })],
    [
      "a long request that names no host",
      bytesOf(cortexCall, { headers: { ...hostless, "content-length": "99999999" } }),
    ],
  ])("after %s is recorded once, and can finish sending", async (_, bytes) => {
    await using mock = await startMock();
    const socket = await hold(mock.port, bytes);
    const sent = new Promise<unknown>((resolve) => socket.write(noise, resolve));
    expect(await sent).toBeNull();
    socket.end();
    await ended(socket);
    expect(await journalOf(mock)).toMatchObject([{ reply: { status: 400 } }]);
    await answersAsNew(mock);
  });

  it("runs no request that comes later", async () => {
    await using mock = await startMock();
    const before = mock.store.state();
    const bytes = [bytesOf(cortexCall, { headers: hostless }), bytesOf(cortexCall)];
    const replies = await exchange(mock.port, Buffer.concat(bytes));
    expect(replies).toMatchObject([{ status: 400, body: "" }]);
    expect(await journalOf(mock)).toHaveLength(1);
    expect(mock.store.state()).toEqual(before);
  });
});
