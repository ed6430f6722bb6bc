import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { bytesOf, type Changes, chunked, type GoodCall } from "../../support/good-calls.ts";
import {
  answersAsNew,
  faces,
  journalOf,
  refusesInWords,
  startFace,
} from "../../support/hostile.ts";
import { exchange, hold } from "../../support/raw-socket.ts";
import { noCall, noText, tooLarge, wrongKey } from "../../support/refusals.ts";

const LIMIT = 4096;
const MIB = 1024 * 1024;

/** A correct body, padded with spaces to this length. */
const padded = ({ body }: GoodCall, length: number): string => body.padEnd(length);

/** A good call that promises this many bytes, and more requests after it. */
const announcing = (call: GoodCall, length: number, more: Changes["headers"] = {}): Buffer =>
  bytesOf(call, {
    headers: { "content-length": String(length), connection: "keep-alive", ...more },
  });

/** What the journal has of a body over the limit. */
const onlyHashed = (body: string): object => ({
  text: "",
  bytes: body.length,
  cut: true,
  sha256: createHash("sha256").update(body).digest("hex"),
});

describe.each(faces)("a request to $name", (face) => {
  const { call } = face;
  const granted = [{ status: 200, body: call.granted[face.wire] }];

  it("is refused when its body is a byte over the limit", async () => {
    const bytes = bytesOf(call, { body: padded(call, LIMIT + 1) });
    const { entry } = await refusesInWords(face, bytes, tooLarge(LIMIT), { bodyLimitBytes: LIMIT });
    expect(entry.refusal).toEqual({ kind: "too-large", limitBytes: LIMIT });
    expect(entry.request.body).toEqual(onlyHashed(padded(call, LIMIT + 1)));
  });

  it("is refused when its chunks add up to more than the limit", async () => {
    const chunk = `400\r\n${"x".repeat(0x400)}\r\n`;
    const bytes = chunked(call, `${chunk.repeat(5)}0\r\n\r\n`);
    const { entry } = await refusesInWords(face, bytes, tooLarge(LIMIT), { bodyLimitBytes: LIMIT });
    expect(entry.request.body).toEqual(onlyHashed("x".repeat(5 * 0x400)));
  });

  it("is refused over 1 MiB unless another limit was set", async () => {
    const bytes = bytesOf(call, { body: padded(call, MIB + 1) });
    await refusesInWords(face, bytes, tooLarge(MIB));
  });

  it.each([LIMIT, MIB])("is taken with a body of just the limit, %i bytes", async (limit) => {
    await using mock = await startFace(face, { bodyLimitBytes: limit });
    const replies = await exchange(mock.port, bytesOf(call, { body: padded(call, limit) }));
    expect(replies).toMatchObject(granted);
  });

  it("does not learn that its body is too large before its credentials are valid", async () => {
    const { authorization } = call.headers;
    const bytes = bytesOf(call, {
      headers: { authorization: `${authorization}-of-another` },
      body: padded(call, LIMIT + 1),
    });
    await refusesInWords(face, bytes, wrongKey, { bodyLimitBytes: LIMIT });
  });

  it("is refused when its client stops sending in the middle of the body", async () => {
    const length = call.body.length;
    const refusals = noText(`the body ends after ${length} bytes of ${length + 9}`);
    const { entry } = await refusesInWords(face, announcing(call, length + 9), refusals, {
      ending: "half-closes",
    });
    expect(entry.request.body).toEqual({ text: call.body, bytes: length });
  });

  it("is refused when its body breaks off beyond the limit", async () => {
    const bytes = bytesOf(call, {
      headers: { "content-length": "5000" },
      body: padded(call, LIMIT + 1),
    });
    const refusals = noText(`the body ends after ${LIMIT + 1} bytes of 5000`);
    const options = { ending: "half-closes", bodyLimitBytes: LIMIT } as const;
    const { entry } = await refusesInWords(face, bytes, refusals, options);
    expect(entry.request.body).toEqual(onlyHashed(padded(call, LIMIT + 1)));
  });

  it.each(["closes", "resets"] as const)(
    "changes nothing when its client %s the connection in the middle of the body",
    async (how) => {
      let recorded = (): void => {};
      const inTheJournal = new Promise<void>((resolve) => {
        recorded = resolve;
      });
      await using mock = await startFace(face, { onExchange: () => recorded() });
      const before = mock.store.state();
      // "100 Continue" shows that the server has received everything so far.
      const socket = await hold(mock.port, announcing(call, 5000, { expect: "100-continue" }));
      if (how === "closes") socket.destroy();
      else socket.resetAndDestroy();
      await inTheJournal;

      const entries = await journalOf(mock);
      expect(entries).toMatchObject([
        {
          vendor: call.vendor,
          request: { method: "POST", url: call.path, body: { text: call.body } },
          refusal: {
            kind: "malformed",
            reason: `the body ends after ${call.body.length} bytes of 5000`,
          },
        },
      ]);
      // The client is gone, so there is no reply.
      expect(entries[0]?.reply === undefined).toBe(how === "resets");
      expect(mock.store.state()).toEqual(before);
      await answersAsNew(mock);
    },
  );

  it.each([
    ["an absolute address, as proxies get it", "http://elsewhere.test:99"],
    ["another scheme in capitals", "HTTPS://elsewhere.test"],
    ["an address whose host is none", "http://[:"],
  ])("is understood with %s", async (_, origin) => {
    await using mock = await startFace(face);
    const url = origin + call.path;
    expect(await exchange(mock.port, bytesOf(call, { url }))).toMatchObject(granted);
    expect(await journalOf(mock)).toMatchObject([{ vendor: call.vendor, request: { url } }]);
  });

  it.each([
    ["POST", "http://elsewhere.test?x=1", "/"],
    ["POST", "http://[", "/"],
    ["OPTIONS", "*", "/*"],
    ["CONNECT", "elsewhere.test:443", "/elsewhere.test:443"],
  ])("is refused for %s %s, which is no vendor's path", async (method, url, path) => {
    const refusals = noCall(`${method} ${path}`);
    const { entry } = await refusesInWords(face, bytesOf(call, { method, url }), refusals);
    // x is not a known parameter, so its value is hidden.
    expect(entry.request).toMatchObject({ method, url: url.replace("=1", "=[not shown]") });
  });
});
