import { KitError } from "../../core/errors.ts";
import type { Tenant } from "../../core/tenant.ts";
import type { Vendor } from "../../core/vendor.ts";
import type { Tenants } from "../tenants.ts";
import { listLost, lost } from "./lost.ts";
import { type Listed, NOTHING, type SharedPlace } from "./place.ts";
import type { IfAbsent } from "./resident.ts";
import { tenantListed } from "./tenant-listed.ts";

/** What this server does with the list of all tenants. */
export interface Listing {
  /** False if another server has just given the tenant's number away. Throws a KitError if the name or the room is taken. */
  reserve(tenant: Tenant): Promise<boolean>;
  unlist(tenant: Tenant): Promise<void>;
  /** A tenant is listed, and its content is not there. It is taken off the list if that is to be expected. */
  missing(name: string, listed: Listed): Promise<void>;
  /** The same for a tenant that this server has in memory. */
  ifAbsent(tenant: Tenant): ReturnType<IfAbsent>;
  /** The name of the tenant that a claim belongs to. */
  claimed(vendor: Vendor, claim: string): Promise<string | undefined>;
  /** The tenant is in this server's memory from now on. */
  loaded(tenant: Tenant): void;
}

export async function createListing(
  own: Tenants,
  store: SharedPlace,
  vendors: readonly Vendor[],
  limit: number,
): Promise<Listing> {
  const { directory } = store;
  let world = await directory.join();
  /** The world in which each tenant was loaded. */
  const worlds = new WeakMap<Tenant, string>();
  const claimsOf = (tenant: Tenant): string[] =>
    vendors.flatMap((vendor) =>
      vendor
        .credentials(tenant)
        .flatMap(({ claims }) => claims.map((id) => `${vendor.name} ${id}`)),
    );
  const unlist = (tenant: Tenant): Promise<void> => directory.remove(tenant.name, claimsOf(tenant));
  /** The list is of another world than before: the store was wiped, or the list alone is gone. */
  const rejoin = async (): Promise<void> => {
    world = await directory.join();
    if (await directory.find("default")) return;
    if (await store.tenant("default").news(NOTHING, [])) throw listLost();
  };

  return {
    unlist,
    loaded: (tenant) => void worlds.set(tenant, world),
    reserve: async (tenant) => {
      const { name, number } = tenant;
      const answer = await directory.reserve(name, number, claimsOf(tenant), limit);
      if (answer === "listed") return true;
      if (answer === "full") {
        throw new KitError(
          `There are ${limit} tenants already: delete one, or raise --tenant-limit.`,
        );
      }
      if (answer === "late" && (await directory.next()) > number) return false;
      throw new KitError(`A tenant "${name}" already exists: choose another name.`);
    },
    missing: async (name, listed) => {
      if (!listed.isReady) return;
      if (!store.isForgetful || name === own.default.name) throw lost(name);
      await unlist(tenantListed(own, name, listed));
    },
    ifAbsent: async (tenant) => {
      const { name, number } = tenant;
      world = await directory.join();
      const listed = await directory.find(name);
      const isWiped = worlds.get(tenant) !== world;
      if (!isWiped && listed?.isReady) {
        if (!store.isForgetful || tenant === own.default) throw lost(name);
        await unlist(tenant);
      }
      if (!isWiped && tenant !== own.default) return undefined;
      if (listed && listed.number !== number) return undefined;
      if (!listed) {
        const answer = await directory.reserve(name, number, claimsOf(tenant), limit);
        const isOurs = answer === "listed" || (await directory.find(name))?.number === number;
        if (!isOurs) return undefined;
      }
      worlds.set(tenant, world);
      return () => directory.ready(name, number);
    },
    claimed: async (vendor, claim) => {
      const found = await directory.claimed(`${vendor.name} ${claim}`);
      if (found.world !== world) await rejoin();
      return found.name;
    },
  };
}
