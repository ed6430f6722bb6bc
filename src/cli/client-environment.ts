import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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

/** A file with the CA that clients must trust, and the variables that name it. Without https there are none. */
export interface GivenCa {
  readonly environment: Readonly<Record<string, string>>;
  readonly remove: () => void;
}

export function giveCa({ ca }: Pick<Mock, "ca">): GivenCa {
  if (ca === undefined) return { environment: {}, remove: () => {} };
  const folder = mkdtempSync(join(tmpdir(), "fauxdr-"));
  const file = join(folder, "ca.pem");
  writeFileSync(file, ca);
  return {
    // Node trusts it in addition to its own list; other clients must read FAUXDR_CA_FILE.
    environment: { FAUXDR_CA_FILE: file, NODE_EXTRA_CA_CERTS: file },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
