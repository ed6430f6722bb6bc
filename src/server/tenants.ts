import type { AlsoDocument } from "../core/also-document.ts";
import { KitError } from "../core/errors.ts";
import { inTurns } from "../core/in-turns.ts";
import { promiseTry } from "../core/promise-try.ts";
import { scenarioParts } from "../core/scenario.ts";
import { emptyTenant, type Tenant, type TenantSettings, type TenantSetup } from "../core/tenant.ts";
import type { Vendor, WireRequest } from "../core/vendor.ts";
import type { Access } from "./access.ts";
import { type Fleet, fleetOf } from "./fleet.ts";
import { checkNames } from "./names.ts";
import { runOrWarn } from "./warn.ts";

/** All tenants of this process, found by name or by credentials. */
export interface Tenants extends Access {
  all(): readonly Tenant[];
  get(name: string): Tenant | undefined;
  /** False if there is none, and for the default tenant. */
  delete(name: string): boolean;
  /** The tenant whose credentials a request claims to have. Undefined if no tenant has them. */
  claimedBy(vendor: Vendor | undefined, request: WireRequest): Tenant | undefined;
  /** How many tenants were created so far: the number of the next one. */
  made: number;
  /** Adds a tenant whose content is somewhere else: it is still empty. */
  adopt(name: string, number: number, settings: TenantSettings): Promise<Tenant>;
  /** An empty tenant that nobody can call, to show it in a list. */
  sketch(name: string, number: number, settings: TenantSettings): Tenant;
}

/** A tenant's name is part of user names and keys, and of URLs and headers. */
const NAME = /^[a-z][a-z0-9-]{0,39}$/;

export interface TenantsOptions {
  /** The store and journal of each tenant. In memory by default. */
  readonly keeping?: (own: TenantSettings) => Pick<TenantSetup, "store" | "journal">;
  /** Limit on the number of tenants. */
  readonly limit?: number;
}

/** The documents in the setting `also`. Their code is loaded only if there are any. */
async function readDocuments(
  settings: TenantSettings,
  vendors: readonly Vendor[],
): Promise<readonly AlsoDocument[]> {
  if (settings.also.length === 0) return [];
  return (await import("./also/load.ts")).loadDocuments(settings, vendors);
}

export async function createTenants(
  vendors: readonly Vendor[],
  settings: TenantSettings,
  { keeping = () => ({}), limit = Number.POSITIVE_INFINITY }: TenantsOptions = {},
): Promise<Tenants> {
  const byName = new Map<string, Tenant>();
  const byClaim = new Map<string, Tenant>();
  /** Tenants with reserved names and credentials that cannot be used yet. */
  const incomplete = new Set<Tenant>();
  const ready = (tenant: Tenant | undefined): Tenant | undefined =>
    tenant && !incomplete.has(tenant) ? tenant : undefined;

  const claimsOf = (tenant: Tenant): string[] =>
    vendors.flatMap((vendor) =>
      vendor
        .credentials(tenant)
        .flatMap(({ claims }) => claims.map((claim) => `${vendor.name} ${claim}`)),
    );

  const remove = (tenant: Tenant): void => {
    byName.delete(tenant.name);
    for (const claim of claimsOf(tenant)) byClaim.delete(claim);
  };

  const shared = await readDocuments(settings, vendors);
  const documentsOf = async (own: TenantSettings): Promise<readonly AlsoDocument[]> =>
    own.also === settings.also ? shared : await readDocuments(own, vendors);

  /** Reserves name and credentials at once, and fills the inventories without blocking the event loop. */
  const add = async (
    name: string,
    number: number,
    own: TenantSettings,
    documents: readonly AlsoDocument[],
    isFilled = true,
  ): Promise<Tenant> => {
    for (const rule of own.faults) checkNames(rule, vendors, documents);
    scenarioParts(own.scenario, vendors);
    let fleet: Fleet | undefined;
    const tenant = emptyTenant({
      name,
      number,
      settings: own,
      documents,
      ...keeping(own),
      fill: function* (fresh) {
        for (const vendor of vendors) vendor.seed(fresh);
        for (const vendor of vendors) if (fleet) yield* fleet(fresh, vendor);
      },
      begin: (fresh, scenario) => {
        const parts = scenarioParts(scenario, vendors);
        for (const { prepare } of parts) prepare?.(fresh);
        return parts.flatMap(({ faults = [] }) => faults);
      },
    });
    const claims = claimsOf(tenant);
    if (claims.some((claim) => byClaim.has(claim))) {
      throw new KitError(
        `A tenant "${name}" would have the same credentials as another tenant: choose another name.`,
      );
    }
    byName.set(name, tenant);
    for (const claim of claims) byClaim.set(claim, tenant);
    tenants.made = Math.max(tenants.made, number + 1);
    incomplete.add(tenant);
    try {
      fleet = await fleetOf(own);
      if (isFilled) await inTurns(tenant.resetting());
    } catch (error) {
      remove(tenant);
      throw error;
    } finally {
      incomplete.delete(tenant);
    }
    return tenant;
  };

  const claimedBy: Tenants["claimedBy"] = (vendor, request) => {
    const claim = vendor?.claim(request);
    return claim === undefined ? undefined : ready(byClaim.get(`${vendor?.name} ${claim}`));
  };
  const all = (): Tenant[] => [...byName.values()].filter((tenant) => !incomplete.has(tenant));

  const tenants: Omit<Tenants, "default"> = {
    made: 0,
    all,
    early: claimedBy,
    claimed: (vendor, request, work) => promiseTry(() => work(claimedBy(vendor, request) ?? first)),
    on: (_tenant, work) => promiseTry(work),
    soon: (_tenant, work) => runOrWarn(work),
    named: async (name, work) => {
      const tenant = ready(byName.get(name));
      return tenant && (await work(tenant));
    },
    names: () => all().map(({ name }) => name),
    list: () => all().map((tenant) => () => tenant),
    documents: () => [...byName.values()].flatMap(({ documents }) => documents),
    get: (name) => ready(byName.get(name)),
    create: async (given, own = {}) => {
      const all = { ...settings, ...own };
      const documents = await documentsOf(all);
      // No await below: atomic.
      const number = tenants.made;
      const name = given ?? `tenant-${number}`;
      if (!NAME.test(name)) {
        throw new KitError(
          `A tenant's name must start with a letter and have up to 40 lower-case letters, digits and hyphens, not ${JSON.stringify(name)}.`,
        );
      }
      if (byName.has(name)) {
        throw new KitError(`A tenant "${name}" already exists: choose another name.`);
      }
      if (byName.size >= limit) {
        throw new KitError(
          `There are ${limit} tenants already: delete one, or raise --tenant-limit.`,
        );
      }
      return add(name, number, all, documents);
    },
    sketch: (name, number, own) => emptyTenant({ name, number, settings: own, begin: () => [] }),
    adopt: async (name, number, own) => add(name, number, own, await documentsOf(own), false),
    reset: async (names, scenario) => {
      // Checked first, so that an unknown name changes nothing.
      if (scenario !== undefined) scenarioParts(scenario, vendors);
      for (const name of names) await inTurns(byName.get(name)?.resetting(scenario) ?? []);
    },
    delete: (name) => {
      const tenant = ready(byName.get(name));
      if (!tenant || tenant.number === 0) return false;
      remove(tenant);
      // Ends all waits for this tenant's time.
      tenant.clock.reset();
      return true;
    },
    claimedBy,
  };
  const first = await add("default", 0, settings, shared);
  return Object.assign(tenants, { default: first });
}
