import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { rootCertificates } from "node:tls";
import type { Vendor } from "../core/vendor.ts";
import type { Mock } from "../mock.ts";

type Reached = Pick<Mock, "url" | "credentials"> & Partial<Pick<Mock, "tlsUrl">>;

/**
 * The environment of a client: the mock's URL (https if it is on) and each vendor's ordinary credentials.
 */
export const clientEnvironment = (
  { url, tlsUrl = url, credentials }: Reached,
  vendors: readonly Vendor[],
): Record<string, string> =>
  Object.assign(
    { FAUXDR_URL: url },
    ...vendors.map(({ name, contract }) =>
      contract.environment(tlsUrl, credentials[name] ?? [], undefined),
    ),
  );

/** The same without credentials: for a real server, the client has its own. */
export const addressVariables = (
  mock: Reached,
  vendors: readonly Vendor[],
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(clientEnvironment(mock, vendors)).filter(
      ([, value]) => value === mock.url || value === mock.tlsUrl,
    ),
  );

/** The real credentials in the environment. */
export const realSecrets = (
  vendors: readonly Vendor[],
  env: Readonly<Record<string, string | undefined>>,
): readonly string[] =>
  vendors
    .flatMap(({ contract }) => Object.keys(contract.environment("", [], undefined)))
    .filter((name) => !name.endsWith("_URL"))
    .flatMap((name) => env[name] ?? []);

/** The credentials that a client must not print. */
export const secretsOf = (credentials: Mock["credentials"]): readonly string[] =>
  Object.values(credentials)
    .flat()
    .flatMap(({ secrets }) => secrets);

const LOOPBACK = ["127.0.0.1", "localhost", "::1"];

/** Variables that stop a client from sending its calls to the mock through a proxy. */
export function withoutProxy(
  url: string,
  given: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, "");
  const known = [given["NO_PROXY"], given["no_proxy"]].flatMap((list) => list?.split(",") ?? []);
  const all = [...known.map((one) => one.trim()).filter((one) => one), ...LOOPBACK, host];
  const list = [...new Set(all)].join(",");
  return { NO_PROXY: list, no_proxy: list };
}

/** A file with the CA that clients must trust, and the variables that name it. Without https there are none. */
export interface GivenCa {
  readonly environment: Readonly<Record<string, string>>;
  readonly remove: () => void;
}

/** `more` is the certificate of a second CA that clients must trust. */
export function giveCa({ ca }: Pick<Mock, "ca">, more = ""): GivenCa {
  if (ca === undefined) return { environment: {}, remove: () => {} };
  const folder = mkdtempSync(join(tmpdir(), "fauxdr-"));
  const file = join(folder, "ca.pem");
  const bundle = join(folder, "bundle.pem");
  writeFileSync(file, ca + more);
  writeFileSync(bundle, [ca + more, ...rootCertificates].join("\n"));
  const php = join(folder, "php");
  mkdirSync(php);
  writeFileSync(join(php, "ca.ini"), `curl.cainfo="${bundle}"\nopenssl.cafile="${bundle}"\n`);
  return {
    environment: {
      FAUXDR_CA_FILE: file,
      // Node trusts it in addition to its own list.
      NODE_EXTRA_CA_CERTS: file,
      // These replace the list of Python's requests, of OpenSSL (Go, Ruby and Python's ssl read it too) and of curl, so
      // the bundle holds the public CAs as well.
      REQUESTS_CA_BUNDLE: bundle,
      SSL_CERT_FILE: bundle,
      CURL_CA_BUNDLE: bundle,
      // PHP reads no variable that names a file. To an empty first part it adds its usual folder.
      PHP_INI_SCAN_DIR: `${process.env["PHP_INI_SCAN_DIR"] ?? ""}${delimiter}${php}`,
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
