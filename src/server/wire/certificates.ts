import { createHash, KeyObject, webcrypto } from "node:crypto";
import { isIP, isIPv4 } from "node:net";
import { BitString, Integer, OctetString, Utf8String } from "asn1js";
import {
  AttributeTypeAndValue,
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  Extension,
  ExtKeyUsage,
  GeneralName,
  GeneralNames,
  id_AuthorityKeyIdentifier,
  id_BasicConstraints,
  id_ExtKeyUsage,
  id_KeyUsage,
  id_SubjectAltName,
  id_SubjectKeyIdentifier,
} from "pkijs";
import { machineDate } from "../../core/clock.ts";

/** A server's certificate, its key, and the certificate of the CA that signed it. All PEM. */
export interface Made {
  readonly cert: string;
  readonly key: string;
  readonly ca: string;
}

/** Generates a CA, and a certificate for these names and addresses. The key of the CA is not kept. */
export async function makeCertificate(names: readonly string[]): Promise<Made> {
  const authority = await createParty((keyId) => `fauxdr CA ${keyId.toString("hex", 0, 4)}`);
  const server = await createParty(() => "fauxdr");
  const ca = await issue(authority, authority, [
    extension(id_BasicConstraints, new BasicConstraints({ cA: true, pathLenConstraint: 0 }), true),
    extension(id_KeyUsage, bits(KEY_USAGE.certSign | KEY_USAGE.crlSign), true),
  ]);
  const cert = await issue(server, authority, [
    extension(id_BasicConstraints, new BasicConstraints(), true),
    extension(id_KeyUsage, bits(KEY_USAGE.digitalSignature), true),
    extension(id_ExtKeyUsage, new ExtKeyUsage({ keyPurposes: [SERVER_AUTH] })),
    extension(id_SubjectAltName, new GeneralNames({ names: names.map(generalName) })),
  ]);
  const key = KeyObject.from(server.keys.privateKey).export({ type: "pkcs8", format: "pem" });
  return { cert, key: String(key), ca };
}

/** Browsers accept certificates for at most 398 days. Validity starts a day ago, because clocks differ. */
const DAYS = { from: -1, to: 396 };

const COMMON_NAME = "2.5.4.3";
const SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
/** Bits of the first octet. Bit 0 is the highest (RFC 5280, 4.2.1.3). */
const KEY_USAGE = { digitalSignature: 0x80, certSign: 0x04, crlSign: 0x02 };

interface Party {
  readonly name: string;
  readonly keys: webcrypto.CryptoKeyPair;
  /** RFC 7093, method 1. */
  readonly keyId: Buffer;
}

/** `name` may use the key's id: clients would confuse two CAs of the same name. */
async function createParty(name: (keyId: Buffer) => string): Promise<Party> {
  const algorithm = { name: "ECDSA", namedCurve: "P-256" };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const point = await webcrypto.subtle.exportKey("raw", keys.publicKey);
  const keyId = createHash("sha256").update(Buffer.from(point)).digest().subarray(0, 20);
  return { name: name(keyId), keys, keyId };
}

/** A certificate as PEM. */
async function issue(
  subject: Party,
  issuer: Party,
  extensions: readonly Extension[],
): Promise<string> {
  const certificate = new Certificate();
  certificate.version = 2; // v3
  certificate.serialNumber = new Integer({ valueHex: octets(serialOf(subject)) });
  certificate.issuer.typesAndValues.push(commonName(issuer.name));
  certificate.subject.typesAndValues.push(commonName(subject.name));
  certificate.notBefore.value = machineDate(DAYS.from);
  certificate.notAfter.value = machineDate(DAYS.to);
  await certificate.subjectPublicKeyInfo.importKey(subject.keys.publicKey);
  const keyIdentifier = new OctetString({ valueHex: octets(issuer.keyId) });
  certificate.extensions = [
    ...extensions,
    extension(id_SubjectKeyIdentifier, new OctetString({ valueHex: octets(subject.keyId) })),
    extension(id_AuthorityKeyIdentifier, new AuthorityKeyIdentifier({ keyIdentifier })),
  ];
  await certificate.sign(issuer.keys.privateKey, "SHA-256");
  const lines = Buffer.from(certificate.toSchema(true).toBER())
    .toString("base64")
    .match(/.{1,64}/g);
  return `-----BEGIN CERTIFICATE-----\n${lines?.join("\n")}\n-----END CERTIFICATE-----\n`;
}

/** A serial number from the key's id. The first bit is cleared to keep it positive, the second set to fix its length. */
function serialOf({ keyId }: Party): Buffer {
  const serial = Buffer.from(keyId.subarray(0, 16));
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  return serial;
}

const commonName = (value: string): AttributeTypeAndValue =>
  new AttributeTypeAndValue({ type: COMMON_NAME, value: new Utf8String({ value }) });

type Asn1 = Pick<OctetString, "toBER">;

function extension(
  extnID: string,
  value: Asn1 | { toSchema(): Asn1 },
  critical = false,
): Extension {
  const asn1 = "toSchema" in value ? value.toSchema() : value;
  return new Extension({ extnID, critical, extnValue: asn1.toBER() });
}

/** As few bits as possible: DER allows no trailing zero bits. */
const bits = (octet: number): BitString =>
  new BitString({
    valueHex: octets(Buffer.of(octet)),
    unusedBits: 31 - Math.clz32(octet & -octet),
  });

function generalName(name: string): GeneralName {
  if (isIP(name) === 0) return new GeneralName({ type: 2, value: name });
  return new GeneralName({ type: 7, value: new OctetString({ valueHex: octets(address(name)) }) });
}

function address(ip: string): Buffer {
  if (isIPv4(ip)) return Buffer.from(ip.split(".").map(Number));
  // A URL normalises the address: it has no IPv4 part at its end.
  const [head = "", tail] = new URL(`http://[${ip}]`).hostname.slice(1, -1).split("::");
  const groups = (text = ""): string =>
    text
      .split(":")
      .filter(Boolean)
      .map((group) => group.padStart(4, "0"))
      .join("");
  const [start, end] = [groups(head), groups(tail)];
  return Buffer.from(start.padEnd(32 - end.length, "0") + end, "hex");
}

/** A copy, because a Buffer may be a view of a larger ArrayBuffer. */
const octets = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;
