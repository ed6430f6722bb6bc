import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { bytesOf } from "../../support/good-calls.ts";
import { faces, refusesInWords } from "../../support/hostile.ts";
import { invalid, noText, type Refusals } from "../../support/refusals.ts";

const MIB = 1024 * 1024;

/** A gibibyte of zeros in a mebibyte: a packed stream may be followed by the next. */
const BOMB: Buffer = Buffer.concat(
  Array.from<Buffer>({ length: 100 }).fill(gzipSync(Buffer.alloc(10 * MIB))),
);

const encoding = (name: string): Refusals =>
  invalid(`Header/content-encoding ${name} is not supported`);

const BOMBS: readonly (readonly [name: string, body: Buffer])[] = [
  ["gzip", BOMB],
  ["x-gzip", BOMB],
  ["gzip, gzip", gzipSync(BOMB)],
  ["deflate", deflateSync(Buffer.alloc(10 * MIB))],
  ["br", brotliCompressSync(Buffer.alloc(10 * MIB))],
  ["GZIP", BOMB],
];

describe.each(faces)(
  "a compressed body for $name that would be a hundred times as large",
  (face) => {
    it.each(BOMBS)("is refused, and never unpacked: %s", async (name, body) => {
      const bytes = bytesOf(face.call, { headers: { "content-encoding": name }, body });
      const { entry } = await refusesInWords(face, bytes, encoding(name));
      expect(entry.request.body.bytes).toBe(body.length);
      expect(entry.request.body.text.length).toBeLessThan(MIB / 10);
    });

    it("is not unpacked where it is packed for the transfer only", async () => {
      const chunk = Buffer.from(`${BOMB.length.toString(16)}\r\n`);
      const body = Buffer.concat([chunk, BOMB, Buffer.from("\r\n0\r\n\r\n")]);
      const headers = { "content-length": undefined, "transfer-encoding": "gzip, chunked" };
      const refusals = noText("the body is not UTF-8");
      const { entry } = await refusesInWords(face, bytesOf(face.call, { headers, body }), refusals);
      expect(entry.request.body.bytes).toBe(BOMB.length);
    });
  },
);
