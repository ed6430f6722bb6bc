import { connect } from "node:net";
import { describe, expect, it } from "vitest";
import type { Exchange } from "../../../src/core/journal/journal.ts";
import { type Mock, startMock } from "../../../src/mock.ts";
import { answersAsNew, journalOf } from "../../support/hostile.ts";
import { needs, pathOf, run } from "../../support/programs.ts";
import { promised } from "../../support/promised.ts";
import { secure } from "../../support/tls.ts";

const DISTRUST =
  /^not an HTTP request: the client does not accept the certificate \(.*alert.*\): make it trust the CA, and use a name that is in the certificate$/;

/** What the journal has of a connection that sent no request. */
async function broken(provoke: (mock: Mock) => unknown): Promise<Exchange> {
  const { promise, keep } = promised<Exchange>();
  await using mock = await startMock({ tls: true, onExchange: keep });
  await provoke(mock);
  const entry = await promise;
  expect(entry).not.toHaveProperty("reply");
  await answersAsNew(mock);
  return entry;
}

const curl = needs("curl");
const python = needs("Python");

describe("a handshake that fails is recorded, and does no harm", () => {
  it.skipIf(curl.skip).each(["--http1.1", "--http2"])(
    `where curl ${"%s"} does not know the CA${curl.note}`,
    async (protocol) => {
      const { refusal } = await broken(async ({ tlsUrl = "" }) => {
        expect(await run("curl", ["-sS", protocol, tlsUrl])).toMatchObject({ code: 60 });
      });
      expect(refusal).toMatchObject({ reason: expect.stringMatching(DISTRUST) });
    },
  );

  it.skipIf(python.skip)(`where Python does not know the CA${python.note}`, async () => {
    const { refusal } = await broken(async ({ tlsUrl = "" }) => {
      const code = `import urllib.request; urllib.request.urlopen("${tlsUrl}")`;
      const { stderr } = await run(pathOf("Python"), ["-c", code]);
      expect(stderr).toContain("CERTIFICATE_VERIFY_FAILED");
    });
    expect(refusal).toMatchObject({ reason: expect.stringMatching(DISTRUST) });
  });

  it("where the client speaks http", async () => {
    const { refusal } = await broken(async ({ tlsUrl = "" }) => {
      await expect(fetch(tlsUrl.replace("https", "http"))).rejects.toThrow();
    });
    expect(refusal).toMatchObject({
      reason: "not an HTTP request: this is the port for https, but the client speaks http",
    });
  });

  it("where the client sends noise", async () => {
    const { refusal } = await broken(({ tlsUrl = "" }) => {
      const socket = connect(Number(new URL(tlsUrl).port), "127.0.0.1");
      socket.on("error", () => {});
      socket.write(Buffer.alloc(100_000, "\xff"));
    });
    expect(refusal).toMatchObject({ reason: expect.stringMatching(/^not an HTTP request: ./) });
  });

  it("where no protocol is spoken by both", async () => {
    const { refusal } = await broken((mock) => {
      secure(mock, { ALPNProtocols: ["spdy/3"] })().on("error", () => {});
    });
    expect(refusal).toMatchObject({ reason: expect.stringMatching(/^not an HTTP request: ./) });
  });
});

it("a client that leaves in the middle of the handshake is not recorded", async () => {
  await using mock = await startMock({ tls: true });
  const socket = connect(Number(new URL(mock.tlsUrl ?? "").port), "127.0.0.1");
  // The start of a TLS handshake.
  await new Promise((resolve) => socket.write(Buffer.from("160301", "hex"), resolve));
  socket.resetAndDestroy();
  await answersAsNew(mock);
  expect(await journalOf(mock)).toMatchObject([{ vendor: "cortex" }, { vendor: "qualys" }]);
});
