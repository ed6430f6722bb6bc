import { describe, expect, it } from "vitest";
import { startMock } from "../../../src/mock.ts";
import { bytesOf, chunked, cortexCall } from "../../support/good-calls.ts";
import { answersAsNew, faces, journalOf } from "../../support/hostile.ts";
import { exchange } from "../../support/raw-socket.ts";
import { noText } from "../../support/refusals.ts";
import { PREFACE, secure } from "../../support/tls.ts";

const KEEP_ALIVE = { connection: "keep-alive" };

describe("over TLS as in the clear", () => {
  it.each([
    ["garbage", Buffer.from("no request\r\n\r\n")],
    ["a request that names no host", bytesOf(cortexCall, { headers: { host: undefined } })],
    ["the preface of HTTP/2, which was not agreed on", PREFACE],
  ])("%s is answered 400 and recorded", async (_, bytes) => {
    await using mock = await startMock({ tls: true });
    expect(await exchange(secure(mock), bytes)).toMatchObject([{ status: 400, body: "" }]);
    expect(await journalOf(mock)).toMatchObject([{ request: { method: "" } }]);
    await answersAsNew(mock);
  });

  it("a client that treats it as a proxy is answered", async () => {
    await using mock = await startMock({ tls: true });
    const bytes = "CONNECT api.test:443 HTTP/1.1\r\nhost: api.test:443\r\n\r\n";
    expect(await exchange(secure(mock), bytes)).toMatchObject([{ status: 404 }]);
  });
});

describe.each(faces)("over TLS a request to $name", (face) => {
  const { call, wire } = face;

  it("is answered in the order of its connection, before the garbage that follows", async () => {
    await using mock = await startMock({ wire, tls: true });
    const good = bytesOf(call, { headers: KEEP_ALIVE });
    const bytes = Buffer.concat([good, good, Buffer.from("no request\r\n")]);
    expect(await exchange(secure(mock), bytes)).toMatchObject([
      { status: 200, body: call.granted[wire] },
      { status: 200 },
      { status: 400, body: "" },
    ]);
  });

  it("is refused when its client stops in the middle of the body, and waits", async () => {
    await using mock = await startMock({ wire, clock: "2026-01-31T12:00:00Z", tls: true });
    const bytes = bytesOf(call, { headers: { "content-length": "5000" } });
    const replies = await exchange(secure(mock), bytes, "half-closes");
    const [status, body] = noText(`the body ends after ${call.body.length} bytes of 5000`)[
      face.name
    ];
    expect(replies).toMatchObject([{ status, body }]);
  });

  it("is refused with broken chunks", async () => {
    await using mock = await startMock({ wire, clock: "2026-01-31T12:00:00Z", tls: true });
    const bytes = chunked(call, "5\r\nhello!!\r\n0\r\n\r\n", KEEP_ALIVE);
    const [status, body] = noText("the chunked body breaks off after 5 bytes")[face.name];
    expect(await exchange(secure(mock), bytes)).toMatchObject([{ status, body }]);
  });
});
