import { generateKeyPairSync, X509Certificate } from "node:crypto";
import { writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { KitError } from "../../../src/core/errors.ts";
import { startMock } from "../../../src/mock.ts";
import { makeCertificate } from "../../../src/server/wire/certificates.ts";
import { loadIdentity, type TlsSettings } from "../../../src/server/wire/tls.ts";
import { emptyDirectory } from "../../support/directory.ts";
import { cortexCall } from "../../support/good-calls.ts";
import { callHttp2 } from "../../support/tls.ts";

const OFF: TlsSettings = {
  host: "127.0.0.1",
  tls: false,
  tlsNames: [],
  tlsCert: "",
  tlsKey: "",
  caOut: "",
};
const ON = { ...OFF, tls: true };

/** Files with a certificate and a key that fit, and others that do not. */
async function files() {
  const directory = emptyDirectory();
  const put = (name: string, content: string): string => {
    const file = join(directory, name);
    writeFileSync(file, content);
    return file;
  };
  const { cert, key, ca } = await makeCertificate(["127.0.0.1"]);
  const other = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
  const locked = { type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "x" } as const;
  return {
    ca,
    cert: put("cert.pem", cert),
    key: put("key.pem", key),
    noise: put("noise", "no PEM"),
    otherKey: put("other.pem", String(other.export({ type: "pkcs8", format: "pem" }))),
    lockedKey: put("locked.pem", String(other.export(locked))),
    broken: put("broken.pem", `${cert}${cert.replace(/\n[^-]/, "\n%")}`),
    missing: join(directory, "missing"),
  };
}

type Files = Awaited<ReturnType<typeof files>>;

describe("a server with TLS", () => {
  it.each([
    ["127.0.0.1", ["localhost", "api-fauxdr.localhost"], ["127.0.0.1", "::1"]],
    ["192.0.2.7", ["localhost"], ["192.0.2.7", "127.0.0.1"]],
    ["0.0.0.0", ["localhost", hostname()], ["127.0.0.1"]],
    ["mock.test", ["localhost", "mock.test"], ["127.0.0.1"]],
  ])("that listens on %s has a certificate for what it is called", async (host, names, ips) => {
    const { cert = "" } = (await loadIdentity({ ...ON, host })) ?? {};
    const certificate = new X509Certificate(cert);
    for (const name of names) expect(certificate.checkHost(name), name).toBeDefined();
    for (const ip of ips) expect(certificate.checkIP(ip), ip).toBeDefined();
    expect(certificate.checkIP("0.0.0.0")).toBeUndefined();
  });

  it("has a certificate for further names", async () => {
    const { cert = "" } = (await loadIdentity({ ...ON, tlsNames: ["api-x.test", "::2"] })) ?? {};
    const certificate = new X509Certificate(cert);
    expect(certificate.checkHost("api-x.test")).toBeDefined();
    expect(certificate.checkIP("::2")).toBeDefined();
  });

  it("shows a certificate of one's own, and has no CA then", async () => {
    const { ca, cert, key } = await files();
    await using mock = await startMock({ tls: true, tlsCert: cert, tlsKey: key });
    expect(mock.ca).toBeUndefined();
    expect((await callHttp2(mock.tlsUrl ?? "", cortexCall, ca)).status).toBe(200);
  });

  it("is none by default", async () => {
    await using mock = await startMock();
    expect([mock.tlsUrl, mock.ca]).toEqual([undefined, undefined]);
    expect(await loadIdentity(OFF)).toBeUndefined();
  });
});

describe("settings that do not go together are refused", () => {
  it.each([
    [
      "a name without TLS",
      { ...OFF, tlsNames: ["a"] },
      "--tls-names has no effect without --tls: add --tls, or remove --tls-names.",
    ],
    [
      "a CA file without TLS",
      { ...OFF, caOut: "a" },
      "--ca-out has no effect without --tls: add --tls, or remove --ca-out.",
    ],
    [
      "a certificate without TLS",
      { ...OFF, tlsCert: "a", tlsKey: "b" },
      "--tls-cert has no effect without --tls: add --tls, or remove --tls-cert.",
    ],
    [
      "a key without TLS",
      { ...OFF, tlsKey: "b" },
      "--tls-key has no effect without --tls: add --tls, or remove --tls-key.",
    ],
    [
      "a certificate without its key",
      { ...ON, tlsCert: "a" },
      "--tls-cert and --tls-key belong together: give both, or neither.",
    ],
    [
      "a key without its certificate",
      { ...ON, tlsKey: "a" },
      "--tls-cert and --tls-key belong together: give both, or neither.",
    ],
    [
      "names for a certificate of one's own",
      { ...ON, tlsCert: "a", tlsKey: "b", tlsNames: ["c"] },
      "--tls-names is for a generated certificate, and --tls-cert gives your own: remove one of them.",
    ],
    [
      "a CA file for a certificate of one's own",
      { ...ON, tlsCert: "a", tlsKey: "b", caOut: "c" },
      "--ca-out is for a generated certificate, and --tls-cert gives your own: remove one of them.",
    ],
  ])("%s", async (_, settings, sentence) => {
    await expect(loadIdentity(settings)).rejects.toThrow(new KitError(sentence));
  });
});

describe("a certificate of one's own is refused", () => {
  it.each<[string, (given: Files) => [string, string], (given: Files) => string | RegExp]>([
    [
      "that cannot be read",
      ({ missing, key }) => [missing, key],
      ({ missing }) => `The certificate file ${missing} cannot be read: ENOENT`,
    ],
    [
      "whose key cannot be read",
      ({ cert, missing }) => [cert, missing],
      ({ missing }) => `The key file ${missing} cannot be read: ENOENT`,
    ],
    [
      "that is no PEM",
      ({ noise, key }) => [noise, key],
      ({ noise }) => `The file ${noise} does not contain a PEM certificate.`,
    ],
    [
      "that is a key",
      ({ key }) => [key, key],
      ({ key }) => `The file ${key} does not contain a PEM certificate.`,
    ],
    [
      "whose key is no PEM",
      ({ cert, noise }) => [cert, noise],
      ({ noise }) => `The file ${noise} does not contain a PEM private key.`,
    ],
    [
      "whose key is a certificate",
      ({ cert }) => [cert, cert],
      ({ cert }) => `The file ${cert} does not contain a PEM private key.`,
    ],
    [
      "whose key has a passphrase",
      ({ cert, lockedKey }) => [cert, lockedKey],
      ({ lockedKey }) => `The key in ${lockedKey} has a passphrase: use a key without one.`,
    ],
    [
      "whose key is another one",
      ({ cert, otherKey }) => [cert, otherKey],
      ({ cert, otherKey }) =>
        `The key in ${otherKey} does not belong to the certificate in ${cert}.`,
    ],
    [
      "whose chain is broken",
      ({ broken, key }) => [broken, key],
      ({ broken }) => `The certificate in ${broken} cannot be used: `,
    ],
  ])("%s", async (_, pair, sentence) => {
    const given = await files();
    const [tlsCert, tlsKey] = pair(given);
    const loading = loadIdentity({ ...ON, tlsCert, tlsKey });
    await expect(loading).rejects.toBeInstanceOf(KitError);
    await expect(loading).rejects.toThrow(sentence(given));
  });
});
