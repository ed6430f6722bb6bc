import type { AlsoDocument } from "../core/also-document.ts";
import type { Tenant, TenantSettings } from "../core/tenant.ts";
import type { Vendor, WireRequest } from "../core/vendor.ts";

/**
 * How calls reach tenants. If other servers share them, work on a tenant is a transaction: no other server changes the
 * tenant meanwhile, and its changes are stored before the promise resolves. Work whose transaction was lost runs again,
 * so it must send nothing. Otherwise the work runs at once.
 */
export interface Access {
  /** The tenant for requests without the credentials of another tenant. */
  readonly default: Tenant;
  /** The tenant that a head claims, if its exchange can open before the whole request is there. */
  early(vendor: Vendor | undefined, head: WireRequest): Tenant | undefined;
  /** Runs work on the tenant whose credentials the request claims to have, or else on `default`. */
  claimed<Result>(
    vendor: Vendor | undefined,
    request: WireRequest,
    work: (tenant: Tenant) => Result | Promise<Result>,
  ): Promise<Result>;
  /** Runs more work on a tenant for a call that is under way. */
  on<Result>(tenant: Tenant, work: () => Result | Promise<Result>): Promise<Result>;
  /**
   * The same for work that nobody waits for; if it fails, the process gets a warning. With a store, it joins the tenant's
   * next transaction, or runs a moment later.
   */
  soon(tenant: Tenant, work: () => void): void;
  /** Runs work on the tenant of that name. Resolves to undefined if there is none. */
  named<Result>(
    name: string,
    work: (tenant: Tenant) => Result | Promise<Result>,
  ): Promise<Result | undefined>;
  /** The names of all tenants. */
  names(): readonly string[] | Promise<readonly string[]>;
  /**
   * All tenants as they are listed, each made when it is asked for: name, settings, scenario and clock are right, the rest
   * may be missing.
   */
  list(): readonly (() => Tenant)[] | Promise<readonly (() => Tenant)[]>;
  /** The OpenAPI documents of the tenants in this process. */
  documents(): readonly AlsoDocument[];
  /** Creates a tenant. Rejects with a KitError for a name that is taken or invalid. */
  create(name: string | undefined, settings: Partial<TenantSettings>): Promise<Tenant>;
  /** Deletes a tenant and its credentials. False if there is none, and for the default tenant. */
  delete(name: string): boolean | Promise<boolean>;
  /** Resets tenants without blocking the event loop, each one atomically. Rejects with a KitError for an unknown scenario. */
  reset(names: readonly string[], scenario?: string): Promise<void>;
}
