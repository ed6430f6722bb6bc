import { brotliCompressSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { bytesOf, type Changes, type GoodCall } from "../../support/good-calls.ts";
import { faces, refusesInWords, startFace } from "../../support/hostile.ts";
import { exchange } from "../../support/raw-socket.ts";
import { invalid, noText, notJson, type Refusals } from "../../support/refusals.ts";

/** The good call of a vendor, changed. */
type Change = (call: GoodCall) => Changes;
type Row = readonly [what: string, change: Change, refusals: Refusals];

const typed =
  (type: string | undefined): Change =>
  () => ({ headers: { "content-type": type } });

const bytes =
  (make: (body: string) => Buffer): Change =>
  ({ body }) => ({ body: make(body) });

const packed =
  (encoding: string, pack: (body: string) => Buffer): Change =>
  ({ body }) => ({ headers: { "content-encoding": encoding }, body: pack(body) });

const charset = (name: string): Refusals => noText(`the charset must be UTF-8, not ${name}`);
const notUtf8 = noText("the body is not UTF-8");
const type = (name: string): Refusals =>
  invalid(`Header/content-type must be application/json, not ${name}`);
const encoding = (name: string): Refusals =>
  invalid(`Header/content-encoding ${name} is not supported`);

const CHARSETS: readonly Row[] = [
  [
    "Latin-1 bytes",
    bytes((body) => Buffer.from(body.replaceAll("e", "\u00e9"), "latin1")),
    notUtf8,
  ],
  ["half a character", bytes((body) => Buffer.from([...Buffer.from(body), 0xe2, 0x82])), notUtf8],
  ["UTF-16 with its mark", bytes((body) => Buffer.from(`\ufeff${body}`, "utf16le")), notUtf8],
  [
    "UTF-16 without a mark",
    bytes((body) => Buffer.from(body, "utf16le")),
    notJson("Expecting property name enclosed in double quotes", 2),
  ],
  [
    "a byte order mark",
    bytes((body) => Buffer.from(`\ufeff${body}`)),
    notJson("Unexpected UTF-8 BOM (decode using utf-8-sig)", 1),
  ],
  ["the charset utf-16", typed("application/json; charset=utf-16"), charset("utf-16")],
  ["a charset in quotes", typed('application/json;charset="latin1"'), charset("latin1")],
];

const TYPES: readonly Row[] = [
  ["text/plain", typed("text/plain"), type("text/plain")],
  [
    "a form's type",
    typed("application/x-www-form-urlencoded"),
    type("application/x-www-form-urlencoded"),
  ],
  ["a type that begins as JSON's does", typed("application/jsonp"), type("application/jsonp")],
  ["gzip", packed("gzip", gzipSync), encoding("gzip")],
  ["brotli", packed("br", brotliCompressSync), encoding("br")],
  ["gzip that is none", packed("gzip", Buffer.from), encoding("gzip")],
];

const BORNE: readonly (readonly [what: string, change: Change])[] = [
  ["no content type", typed(undefined)],
  ["an empty content type", typed("")],
  ["a content type in capitals with a charset", typed("Application/JSON; Charset=UTF-8")],
  ["a content type that ends in +json", typed("application/vnd.client+json")],
  ["a content encoding that changes nothing", packed("identity", Buffer.from)],
];

describe.each(faces)("a body for $name", (face) => {
  const { call } = face;

  it.each([...CHARSETS, ...TYPES])("is refused with %s", async (_, change, refusals) => {
    const { entry } = await refusesInWords(face, bytesOf(call, change(call)), refusals);
    expect(entry.operation).toMatch(/^quarantine/);
  });

  it("is refused when it is empty", async () => {
    const empty = notJson("Expecting value", 1, "The body is empty");
    const { entry } = await refusesInWords(face, bytesOf(call, { body: "" }), empty);
    expect(entry.request.body).toEqual({ text: "", bytes: 0 });
  });

  it.each(BORNE)("is taken with %s", async (_, change) => {
    await using mock = await startFace(face);
    const replies = await exchange(mock.port, bytesOf(call, change(call)));
    expect(replies).toMatchObject([{ status: 200, body: call.granted[face.wire] }]);
  });
});
