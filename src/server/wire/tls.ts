import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { KitError } from "../../core/errors.ts";

/** What is set about https; `settings.ts` says what each one means. */
export interface TlsSettings {
  readonly host: string;
  readonly tls: boolean;
  readonly tlsNames: readonly string[];
  readonly tlsCert: string;
  readonly tlsKey: string;
  readonly caOut: string;
}

/** What a server shows to its clients, as PEM; `ca` is what they have to trust, where fauxdr made it. */
export interface Identity {
  readonly cert: string;
  readonly key: string;
  readonly ca?: string;
}

/** The certificate to serve with, or nothing where TLS is off. Throws a KitError for settings that do not go together. */
export async function loadIdentity(settings: TlsSettings): Promise<Identity | undefined> {
  const { host, tls, tlsNames, tlsCert, tlsKey, caOut } = settings;
  const forMade = tlsNames.length > 0 ? "--tls-names" : caOut && "--ca-out";
  const forOwn = tlsCert ? "--tls-cert" : tlsKey && "--tls-key";
  if (!tls) {
    const idle = forOwn || forMade;
    if (idle) throw new KitError(`${idle} does nothing without --tls: add it, or leave both out.`);
    return undefined;
  }
  if (!forOwn) {
    // It takes a tenth of a second to load, which nobody else shall pay for.
    const { makeCertificate } = await import("./certificates.ts");
    return makeCertificate(namesOf(host, tlsNames));
  }
  if (!tlsCert || !tlsKey) {
    throw new KitError("--tls-cert and --tls-key go together: give both, or neither.");
  }
  if (forMade) {
    throw new KitError(
      `${forMade} is about the certificate that fauxdr makes: leave it out, or leave out ${forOwn}.`,
    );
  }
  return readOwn(tlsCert, tlsKey);
}

/** What a client on this machine calls the server, and what the user says that others do. */
function namesOf(host: string, more: readonly string[]): string[] {
  const everywhere = host === "0.0.0.0" || host === "::";
  const own = ["localhost", "api-fauxdr.localhost", "127.0.0.1", "::1"];
  return [...new Set([...own, everywhere ? hostname() : host, ...more])];
}

async function readOwn(certFile: string, keyFile: string): Promise<Identity> {
  const cert = read(certFile, "certificate");
  const key = read(keyFile, "key");
  const certificate = attempt(() => new X509Certificate(cert));
  if (!certificate) throw new KitError(`The file ${certFile} holds no certificate in PEM form.`);
  if (/^-----BEGIN ENCRYPTED|^Proc-Type: 4,ENCRYPTED/m.test(key)) {
    throw new KitError(`The key in ${keyFile} has a passphrase: give one without.`);
  }
  const privateKey = attempt(() => createPrivateKey(key));
  if (!privateKey) throw new KitError(`The file ${keyFile} holds no private key in PEM form.`);
  if (!certificate.checkPrivateKey(privateKey)) {
    throw new KitError(`The key in ${keyFile} is not the one of the certificate in ${certFile}.`);
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

function attempt<Value>(parse: () => Value): Value | undefined {
  try {
    return parse();
  } catch {
    return undefined;
  }
}
