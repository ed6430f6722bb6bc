import type { Severity } from "../../core/basis.ts";
import type { Finding, Journaled, RunningVerdict } from "../../core/contract.ts";
import type { Exchange } from "../../core/journal/journal.ts";
import type { TenantSettings } from "../../core/tenant.ts";
import type { Vendor } from "../../core/vendor.ts";
import type { Access } from "../access.ts";
import type { Feed } from "../feed.ts";
import type { ForeignCheck } from "../local-only.ts";

/** The parts of the server that the control API works on. */
export interface AdminHandles {
  readonly vendors: readonly Vendor[];
  readonly tenants: Access;
  readonly version: string;
  /** Checks a tenant's settings. Throws a KitError that names an invalid one. */
  readonly readTenantSettings: (
    values: Readonly<Record<string, unknown>>,
  ) => Partial<TenantSettings>;
  readonly watch: Feed["watch"];
  /** The contract kit's findings for the exchanges of one tenant, made in turns with other work. */
  readonly judge: (exchanges: readonly Exchange[]) => Promise<readonly Finding[]>;
  /** Whether the clients passed, by the rules of all vendors or of one; in turns as well. */
  readonly verdict: (
    journals: readonly Journaled[],
    failOn: Severity,
    vendor: string | undefined,
  ) => Promise<RunningVerdict>;
  /** The token that callers must send. Empty means none. */
  readonly adminToken?: string;
  /** Rejects requests of foreign web pages. Used if there is no token. */
  readonly foreign: ForeignCheck;
  /** The certificate (PEM) of the CA that signed the server's certificate, if fauxdr made it. */
  readonly ca?: string | undefined;
}
