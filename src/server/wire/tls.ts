import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { KitError } from "../../core/errors.ts";

/** The settings for https. `settings/table.ts` documents them. */
export interface TlsSettings {
  readonly host: string;
  readonly tls: boolean;
  readonly tlsNames: readonly string[];
  readonly tlsCert: string;
  readonly tlsKey: string;
  readonly caOut: string;
}

/** A server's certificate and key, as PEM. `ca` is the CA to trust, if fauxdr made it. */
export interface Identity {
  readonly cert: string;
  readonly key: string;
  readonly ca?: string;
}

/** The certificate to serve with. Undefined if TLS is off. Rejects with a KitError for settings that conflict. */
export async function loadIdentity(settings: TlsSettings): Promise<Identity | undefined> {
  const { host, tls, tlsNames, tlsCert, tlsKey, caOut } = settings;
  const forMade = tlsNames.length > 0 ? "--tls-names" : caOut && "--ca-out";
  const forOwn = tlsCert ? "--tls-cert" : tlsKey && "--tls-key";
  if (!tls) {
    const idle = forOwn || forMade;
    if (idle)
      throw new KitError(`${idle} has no effect without --tls: add --tls, or remove ${idle}.`);
    return undefined;
  }
  if (!forOwn) {
    // Loaded only here: it takes a tenth of a second.
    const { makeCertificate } = await import("./certificates.ts");
    return makeCertificate(namesOf(host, tlsNames));
  }
  if (!tlsCert || !tlsKey) {
    throw new KitError("--tls-cert and --tls-key belong together: give both, or neither.");
  }
  if (forMade) {
    throw new KitError(
      `${forMade} is for a generated certificate, and ${forOwn} gives your own: remove one of them.`,
    );
  }
  return readOwn(tlsCert, tlsKey);
}

/** The names and addresses of this machine, and those that the user adds. */
function namesOf(host: string, more: readonly string[]): string[] {
  const everywhere = host === "0.0.0.0" || host === "::";
  const own = ["localhost", "api-fauxdr.localhost", "127.0.0.1", "::1"];
  return [...new Set([...own, everywhere ? hostname() : host, ...more])];
}

async function readOwn(certFile: string, keyFile: string): Promise<Identity> {
  const cert = read(certFile, "certificate");
  const key = read(keyFile, "key");
  const certificate = tryTo(() => new X509Certificate(cert));
  if (!certificate) throw new KitError(`The file ${certFile} does not contain a PEM certificate.`);
  if (/^-----BEGIN ENCRYPTED|^Proc-Type: 4,ENCRYPTED/m.test(key)) {
    throw new KitError(`The key in ${keyFile} has a passphrase: use a key without one.`);
  }
  const privateKey = tryTo(() => createPrivateKey(key));
  if (!privateKey) throw new KitError(`The file ${keyFile} does not contain a PEM private key.`);
  if (!certificate.checkPrivateKey(privateKey)) {
    throw new KitError(`The key in ${keyFile} does not belong to the certificate in ${certFile}.`);
  }
  const { createSecureContext } = await import("node:tls");
  try {
    createSecureContext({ cert, key });
  } catch (error) {
    throw new KitError(
      `The certificate in ${certFile} cannot be used: ${(error as Error).message}.`,
    );
  }
  return { cert, key };
}

function read(file: string, what: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new KitError(`The ${what} file ${file} cannot be read: ${(error as Error).message}.`);
  }
}

function tryTo<Value>(parse: () => Value): Value | undefined {
  try {
    return parse();
  } catch {
    return undefined;
  }
}
