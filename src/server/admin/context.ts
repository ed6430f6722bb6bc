import type { Finding } from "../../core/contract.ts";
import type { Exchange } from "../../core/journal/journal.ts";
import type { TenantSettings } from "../../core/tenant.ts";
import type { Vendor } from "../../core/vendor.ts";
import type { Feed } from "../feed.ts";
import type { ForeignCheck } from "../local-only.ts";
import type { Tenants } from "../tenants.ts";

/** What the control API steers. */
export interface AdminHandles {
  readonly vendors: readonly Vendor[];
  readonly tenants: Tenants;
  readonly version: string;
  /** Checks a tenant's settings; throws a KitError that names the one that does not fit. */
  readonly readTenantSettings: (
    values: Readonly<Record<string, unknown>>,
  ) => Partial<TenantSettings>;
  /** Tells of every exchange when it begins and when it has ended; answers how to end that. */
  readonly watch: Feed["watch"];
  /** What the contract kit says of one tenant's exchanges. */
  readonly judge: (exchanges: readonly Exchange[]) => readonly Finding[];
  /** What callers must show; nothing where it is empty. */
  readonly adminToken?: string;
  /** Finds what may not call at all, where no token is set. */
  readonly foreign: ForeignCheck;
  /** The certificate (PEM) of the authority that made the server's own one. */
  readonly ca?: string | undefined;
}
