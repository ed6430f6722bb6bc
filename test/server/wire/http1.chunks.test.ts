import { describe, expect, it } from "vitest";
import { startMock } from "../../../src/mock.ts";
import { bytesOf, chunked, cortexCall } from "../../support/good-calls.ts";
import { refuses } from "../../support/hostile.ts";
import { exchange } from "../../support/raw-socket.ts";

const KEEP_ALIVE = { connection: "keep-alive" };
const SIZE = cortexCall.body.length.toString(16);
const WHOLE = `${SIZE}\r\n${cortexCall.body}\r\n`;
const END = "0\r\n\r\n";

/** A call after the chunks. A parser that ends them too early would run it. */
const HIDDEN = bytesOf(cortexCall).toString("latin1");

type Row = readonly [what: string, chunks: string];

const BROKEN: readonly Row[] = [
  ["a size beyond 64 bits", `fffffffffffffffff\r\n${cortexCall.body}`],
  ["a size with a minus", `-${WHOLE}${END}`],
  ["a size with a plus", `+${WHOLE}${END}`],
  ["a size with 0x", `0x${WHOLE}${END}`],
  ["no size", `\r\n${cortexCall.body}\r\n${END}`],
  ["a space behind the size", `${SIZE} \r\n${cortexCall.body}\r\n${END}`],
  ["line feeds alone", `${WHOLE}${END}`.replaceAll("\r", "")],
  ["a line feed in an extension", `${SIZE};a\nb\r\n${cortexCall.body}\r\n${END}`],
  ["an extension of 20 kB", `${SIZE};${"a".repeat(20_000)}\r\n${cortexCall.body}\r\n${END}`],
  ["no line's end behind the bytes", `${SIZE}\r\n${cortexCall.body}${END}`],
  ["a trailer of 200 kB", `${WHOLE}0\r\nx: ${"y".repeat(200_000)}\r\n\r\n`],
  ["twenty thousand trailers", `${WHOLE}0\r\n${"x: y\r\n".repeat(20_000)}\r\n`],
  ["a trailer that is a length", `${WHOLE}0\r\ncontent-length: 5\r\n\r\n`],
  ["a trailer that is an encoding", `${WHOLE}0\r\ntransfer-encoding: chunked\r\n\r\n`],
  ["a folded trailer", `${WHOLE}0\r\nx: y\r\n z\r\n\r\n`],
];

const BORNE: readonly Row[] = [
  ["leading zeros", `000${WHOLE}${END}`],
  ["capital digits", WHOLE.replace(SIZE, SIZE.toUpperCase()) + END],
  ["an extension", `${SIZE};a=b\r\n${cortexCall.body}\r\n${END}`],
  ["a trailer", `${WHOLE}0\r\nx: y\r\n\r\n`],
  ["a chunk for each byte", cortexCall.body.replace(/./gs, "1\r\n$&\r\n") + END],
];

describe("a body in chunks", () => {
  it.each(BROKEN)("is refused, and nothing behind it is run: %s", async (_, chunks) => {
    await using mock = await startMock();
    const bytes = chunked(cortexCall, chunks + HIDDEN, KEEP_ALIVE);
    const { reply, entry } = await refuses(mock, bytes);
    expect([reply.status, reply.headers["connection"]]).toEqual([400, "close"]);
    expect(entry.refusal).toMatchObject({
      kind: "malformed",
      reason: expect.stringMatching(/^the chunked body breaks off after \d+ bytes$/),
    });
  });

  it.each(BORNE)("is taken, and the next request answered: %s", async (_, chunks) => {
    await using mock = await startMock();
    const bytes = Buffer.concat([chunked(cortexCall, chunks, KEEP_ALIVE), bytesOf(cortexCall)]);
    const replies = await exchange(mock.port, bytes);
    expect(replies.map(({ status }) => status)).toEqual([200, 200]);
    expect(replies[0]?.body).toBe(cortexCall.granted.document);
    expect(mock.actions.list()).toHaveLength(2);
  });
});
