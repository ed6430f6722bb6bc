import { KitError } from "../../core/errors.ts";
import type { Exchange } from "../../core/journal/journal.ts";
import type { Tenant } from "../../core/tenant.ts";
import type { Vendor } from "../../core/vendor.ts";
import type { Access } from "../access.ts";
import type { Tenants } from "../tenants.ts";
import { Deleted, listLost, lost, otherSettings } from "./lost.ts";
import { type Directory, NOTHING, type SharedPlace, type TenantPlace } from "./place.ts";
import { createReplica, ORIGIN, originOf, type Replica } from "./replica.ts";
import { createResident, type Resident } from "./resident.ts";
import { tenantsListed } from "./tenants-listed.ts";

/** Tenants that several servers share: loaded when they are called, followed while they are in memory. */
export interface SharedTenants extends Access {
  /** Waits until nothing is under way. */
  settled(): Promise<void>;
}

export interface SharedOptions {
  readonly vendors: readonly Vendor[];
  /** Limit on the number of all tenants. */
  readonly limit: number;
  /** How many tenants stay in memory. */
  readonly loaded: number;
  /** Called with every exchange that another server has written, if `isWatched`. */
  readonly seen: (exchange: Exchange) => void;
  readonly isWatched: () => boolean;
}

interface Loaded {
  readonly tenant: Tenant;
  readonly resident: Resident;
  readonly replica: Replica;
  readonly place: TenantPlace;
}

/** Rejects with a KitError if the store cannot be used, or has a tenant `default` with other settings. */
export async function shareTenants(
  own: Tenants,
  store: SharedPlace,
  options: SharedOptions,
): Promise<SharedTenants> {
  const { vendors, limit } = options;
  const { directory } = store;
  /** By name, the one that was used last at the end. */
  const loaded = new Map<string, Promise<Loaded | undefined>>();
  const using = new WeakMap<Tenant, Loaded>();
  const worlds = new Map<string, string>();
  let world = await directory.join();
  /** The list is of another world than before: the store was wiped, or the list alone is gone. */
  const rejoin = async (): Promise<void> => {
    world = await directory.join();
    if (await directory.find("default")) return;
    if (await store.tenant("default").news(NOTHING, [])) throw listLost();
  };

  const claimsOf = (tenant: Tenant): string[] =>
    vendors.flatMap((vendor) =>
      vendor.credentials(tenant).flatMap(({ claims }) => claims.map((id) => `${vendor.name} ${id}`)),
    );
  const unlist = (tenant: Tenant): Promise<void> => directory.remove(tenant.name, claimsOf(tenant));

  /** The store does not have a tenant that this server has. */
  const ifAbsent = async (tenant: Tenant) => {
    const { name, number } = tenant;
    world = await directory.join();
    const listed = await directory.find(name);
    const isWiped = worlds.get(name) !== world;
    if (!isWiped && listed?.isReady) {
      if (!store.isForgetful) throw lost(name);
      await unlist(tenant);
    }
    if (!isWiped && name !== "default") return "it was deleted";
    if (listed && listed.number !== number) return "it was deleted";
    if (!listed) {
      const answer = await directory.reserve(name, number, claimsOf(tenant), limit);
      const isOurs = answer === "listed" || (await directory.find(name))?.number === number;
      if (!isOurs) return "it was deleted";
    }
    worlds.set(name, world);
    return "store it again";
  };

  const attach = async (tenant: Tenant): Promise<Loaded> => {
    const place = store.tenant(tenant.name);
    const replica = createReplica(tenant, vendors, options);
    const resident = createResident(place, replica, () => ifAbsent(tenant));
    worlds.set(tenant.name, world);
    await place.follow(resident.follow);
    const one = { tenant, place, replica, resident };
    using.set(tenant, one);
    return one;
  };
  const detach = async (name: string, one: Loaded | undefined): Promise<void> => {
    loaded.delete(name);
    // A newer one may have the name.
    if (!one || own.get(name) === one.tenant) own.delete(name);
    await one?.place.unfollow();
  };

  const load = async (name: string): Promise<Loaded | undefined> => {
    const listed = await directory.find(name);
    if (!listed) return undefined;
    const found = await store.tenant(name).news(NOTHING, []);
    if (!found) {
      if (!listed.isReady) return undefined;
      if (!store.isForgetful) throw lost(name);
      const tenants = tenantsListed(own, [[name, listed]], []);
      for (const tenant of tenants) await unlist(tenant);
      return undefined;
    }
    const origin = found.changes.find(([path]) => path === ORIGIN)?.[1] ?? "";
    const { number, settings } = JSON.parse(origin) as Pick<Tenant, "number" | "settings">;
    const one = await attach(await own.adopt(name, number, settings));
    await one.resident.load(found);
    return one;
  };
  const makeRoom = async (): Promise<void> => {
    for (const [name, promise] of loaded) {
      if (loaded.size <= options.loaded) return;
      const one = await promise;
      if (name !== "default" && one?.resident.isIdle()) await detach(name, one);
    }
  };
  const get = async (name: string): Promise<Loaded | undefined> => {
    const known = loaded.get(name);
    const promise = known ?? load(name);
    loaded.delete(name);
    loaded.set(name, promise);
    const forget = (): void => {
      if (loaded.get(name) === promise) loaded.delete(name);
    };
    try {
      const one = await promise;
      if (!one) forget();
      else if (!known) await makeRoom();
      return one;
    } catch (error) {
      forget();
      throw error;
    }
  };

  /** Runs work on the tenant that `find` names. If that was deleted meanwhile, it looks again. */
  const onFound = async <Result>(
    find: () => string | undefined | Promise<string | undefined>,
    work: (tenant: Tenant) => Result | Promise<Result>,
  ): Promise<Result | undefined> => {
    for (;;) {
      const name = await find();
      const one = name === undefined ? undefined : await get(name);
      if (!one) return undefined;
      try {
        return await one.resident.run(() => work(one.tenant));
      } catch (error) {
        if (!(error instanceof Deleted)) throw error;
        if (one.tenant === own.default) throw otherSettings("default");
        await detach(one.tenant.name, one);
      }
    }
  };

  /** Stores a tenant that was created here and is listed. */
  const settle = async (tenant: Tenant): Promise<Loaded> => {
    const one = await attach(tenant);
    await one.resident.create();
    await directory.ready(tenant.name, tenant.number);
    return one;
  };
  const begin = async (): Promise<void> => {
    const tenant = own.default;
    const { name, number } = tenant;
    const answer = await directory.reserve(name, number, claimsOf(tenant), limit);
    const listed = await directory.find(name);
    const found = await store.tenant(name).news(NOTHING, []);
    if (found && answer === "listed") throw listLost();
    if (!found && listed?.isReady) throw lost(name);
    if (!found) return void loaded.set(name, Promise.resolve(await settle(tenant)));
    if (new Map(found.changes).get(ORIGIN) !== originOf(tenant)) throw otherSettings(name);
    const one = await attach(tenant);
    await one.resident.load(found);
    loaded.set(name, Promise.resolve(one));
  };
  await begin();

  return {
    default: own.default,
    documents: own.documents,
    early: () => undefined,
    claimed: async (vendor, request, work) => {
      const claim = vendor?.claim(request);
      const find = async (): Promise<string> => {
        const { name } = own.claimedBy(vendor, request) ?? {};
        if (name !== undefined || claim === undefined) return name ?? "default";
        const found = await directory.claimed(`${vendor?.name} ${claim}`);
        if (found.world !== world) await rejoin();
        return found.name ?? "default";
      };
      // In an array, because the work may give nothing.
      const boxed = async (tenant: Tenant) => [await work(tenant)] as const;
      const found = (await onFound(find, boxed)) ?? (await onFound(() => "default", boxed));
      if (!found) throw lost("default");
      return found[0];
    },
    on: async (tenant, work) => {
      const one = using.get(tenant);
      try {
        return await (one ? one.resident.run(work) : work());
      } catch (error) {
        if (!(error instanceof Deleted)) throw error;
        // As in memory: a call of a deleted tenant comes to its end.
        return await work();
      }
    },
    named: (name, work) => onFound(() => name, work),
    names: async () => [...(await directory.all())].filter(isReady).map(([name]) => name),
    list: async () => {
      const all = [...(await directory.all())].filter(isReady);
      const names = all.map(([name]) => name);
      return tenantsListed(own, all, await store.peek(names, [ORIGIN, "clock", "scenario"]));
    },
    create: async (name, settings) => {
      for (;;) {
        own.made = Math.max(own.made, await directory.next());
        const tenant = await own.create(name, settings);
        const claims = claimsOf(tenant);
        let answer: Awaited<ReturnType<Directory["reserve"]>> | undefined;
        try {
          answer = await directory.reserve(tenant.name, tenant.number, claims, limit);
          if (answer === "listed") {
            // What a server that stopped in the middle has left.
            await store.tenant(tenant.name).erase();
            loaded.set(tenant.name, settle(tenant));
            await get(tenant.name);
            return tenant;
          }
          if (answer === "full") throw full(limit);
          const isLate = (await directory.next()) > tenant.number;
          if (answer === "taken" || !isLate) throw taken(tenant.name);
        } catch (error) {
          if (answer === "listed") await unlist(tenant);
          throw error;
        } finally {
          if (answer !== "listed") await detach(tenant.name, undefined);
        }
      }
    },
    delete: async (name) => {
      const listed = await directory.find(name);
      if (!listed || name === "default") return false;
      const one = await get(name).catch(() => undefined);
      const tenant = one?.tenant ?? tenantsListed(own, [[name, listed]], [])[0];
      if (tenant) await unlist(tenant);
      await store.tenant(name).erase();
      await detach(name, one);
      return true;
    },
    reset: own.reset,
    settled: async () => {
      const all = await Promise.allSettled(loaded.values());
      const found = all.flatMap((one) => (one.status === "fulfilled" && one.value) || []);
      await Promise.all(found.map(({ resident }) => resident.settled()));
    },
  };
}

const isReady = ([, { isReady: ready }]: readonly [string, { isReady: boolean }]): boolean => ready;

const taken = (name: string): KitError =>
  new KitError(`A tenant "${name}" already exists: choose another name.`);
const full = (limit: number): KitError =>
  new KitError(`There are ${limit} tenants already: delete one, or raise --tenant-limit.`);
