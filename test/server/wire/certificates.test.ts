import { X509Certificate } from "node:crypto";
import { describe, expect, it } from "vitest";
import { makeCertificate } from "../../../src/server/wire/certificates.ts";

const NAMES = ["localhost", "*.xdr.example", "127.0.0.1", "::1", "fe80::1:2", "::ffff:192.0.2.1"];
const DAY = 86_400_000;

const made = await makeCertificate(NAMES);
const cert = new X509Certificate(made.cert);
const ca = new X509Certificate(made.ca);

describe("a certificate that is made", () => {
  it("is signed by its CA, which signed itself", () => {
    expect(cert.checkIssued(ca)).toBe(true);
    expect(cert.verify(ca.publicKey)).toBe(true);
    expect(ca.verify(ca.publicKey)).toBe(true);
    expect([ca.ca, cert.ca]).toEqual([true, false]);
  });

  it("has a P-256 key, which is handed out with it", () => {
    expect(cert.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: "prime256v1" });
    expect(made.key).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
  });

  it.each(["localhost", "api-mycompany.xdr.example"])("is good for the name %s", (name) => {
    expect(cert.checkHost(name)).toBeDefined();
  });

  it.each(["127.0.0.1", "::1", "fe80::1:2", "::ffff:192.0.2.1"])(
    "is good for the address %s",
    (address) => {
      expect(cert.checkIP(address)).toBeDefined();
    },
  );

  it.each(["fauxdr", "example", "a.b.xdr.example"])("is not good for the name %s", (name) => {
    expect(cert.checkHost(name)).toBeUndefined();
  });

  it("is good today, was yesterday, and for no longer than browsers bear", () => {
    const [from, to] = [Date.parse(cert.validFrom), Date.parse(cert.validTo)];
    expect(from).toBeLessThan(Date.now() - DAY / 2);
    expect(to).toBeGreaterThan(Date.now() + 300 * DAY);
    expect(to - from).toBeLessThanOrEqual(398 * DAY);
  });

  it("is like no other, nor is its CA", async () => {
    const other = await makeCertificate(NAMES);
    const [otherCert, otherCa] = [new X509Certificate(other.cert), new X509Certificate(other.ca)];
    expect(otherCert.serialNumber).not.toBe(cert.serialNumber);
    expect(otherCa.subject).not.toBe(ca.subject);
    expect(otherCert.checkIssued(ca)).toBe(false);
  });
});
