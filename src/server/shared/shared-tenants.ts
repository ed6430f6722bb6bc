import type { Exchange } from "../../core/journal/journal.ts";
import type { Tenant } from "../../core/tenant.ts";
import type { Vendor } from "../../core/vendor.ts";
import type { Access } from "../access.ts";
import type { Tenants } from "../tenants.ts";
import { createListing } from "./listing.ts";
import { Deleted, listLost, lost, otherSettings } from "./lost.ts";
import { type Listed, NOTHING, type SharedPlace, type TenantPlace } from "./place.ts";
import { createReplica, ORIGIN, tenantOrigin } from "./replica.ts";
import { createResident, type Resident } from "./resident.ts";
import { tenantListed } from "./tenant-listed.ts";

/** Tenants that several servers share: loaded when they are called, followed while they are in memory. */
export interface SharedTenants extends Access {
  /** Waits until no call is under way. */
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
  readonly place: TenantPlace;
}

/** Rejects with a StoreError if the store cannot be used, or has a tenant `default` with other settings. */
export async function shareTenants(
  own: Tenants,
  store: SharedPlace,
  options: SharedOptions,
): Promise<SharedTenants> {
  const { vendors, limit } = options;
  const { directory } = store;
  const listing = await createListing(own, store, vendors, limit);
  /** By name, the one that was used last at the end. */
  const loaded = new Map<string, Promise<Loaded | undefined>>();
  const using = new WeakMap<Tenant, Loaded>();

  const attach = async (tenant: Tenant): Promise<Loaded> => {
    const place = store.tenant(tenant.name);
    const replica = createReplica(tenant, vendors, options);
    const resident = createResident(place, replica, () => listing.ifAbsent(tenant));
    listing.loaded(tenant);
    await place.follow(resident.follow);
    const one = { tenant, place, resident };
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
      await listing.missing(name, listed);
      return undefined;
    }
    const origin = new Map(found.changes).get(ORIGIN) ?? "";
    const { number, settings } = JSON.parse(origin) as Pick<Tenant, "number" | "settings">;
    const one = await attach(await own.adopt(name, number, settings));
    await one.resident.load(found);
    return one;
  };
  const makeRoom = async (): Promise<void> => {
    for (const [name, promise] of loaded) {
      if (loaded.size <= options.loaded) return;
      const one = await promise.catch(() => undefined);
      if (one && one.tenant !== own.default && one.resident.isIdle()) await detach(name, one);
    }
  };
  const get = async (name: string): Promise<Loaded | undefined> => {
    const known = loaded.get(name);
    const promise = known ?? load(name);
    loaded.delete(name);
    loaded.set(name, promise);
    const one = await promise.catch((error) => {
      if (loaded.get(name) === promise) loaded.delete(name);
      throw error;
    });
    if (!one && loaded.get(name) === promise) loaded.delete(name);
    if (!known) await makeRoom();
    return one;
  };

  /** Runs work on the tenant that `find` names. If that was deleted meanwhile, it looks again. */
  const onFound = async <Result>(
    find: () => string | Promise<string>,
    work: (tenant: Tenant) => Result | Promise<Result>,
  ): Promise<Result | undefined> => {
    for (;;) {
      const one = await get(await find());
      if (!one) return undefined;
      try {
        return await one.resident.run(() => work(one.tenant));
      } catch (error) {
        if (!(error instanceof Deleted)) throw error;
        if (one.tenant === own.default) throw otherSettings(one.tenant.name);
        await detach(one.tenant.name, one);
      }
    }
  };

  const onUsed = async <Result>(
    tenant: Tenant,
    work: () => Result | Promise<Result>,
    run: (resident: Resident) => Promise<Result>,
  ): Promise<Result> => {
    const one = using.get(tenant);
    try {
      return await (one ? run(one.resident) : work());
    } catch (error) {
      if (!(error instanceof Deleted)) throw error;
      // As in memory: a call of a deleted tenant comes to its end.
      return await work();
    }
  };

  /** Stores a tenant that was created here and is listed. */
  const settle = async (tenant: Tenant): Promise<Loaded> => {
    const one = await attach(tenant);
    await one.resident.create();
    await directory.ready(tenant.name, tenant.number);
    return one;
  };
  /** The tenant `default`, which always stays in memory. */
  const begin = async (tenant: Tenant): Promise<Loaded> => {
    const { name } = tenant;
    const listed = await directory.find(name);
    const found = await store.tenant(name).news(NOTHING, []);
    // Another server may have listed and stored it meanwhile.
    if (found && !listed && !(await directory.find(name))) throw listLost();
    if (!found && listed?.isReady) throw lost(name);
    if (!found) {
      // Two servers may do this at once: the first one to store it wins.
      await listing.reserve(tenant).catch(() => false);
      return settle(tenant);
    }
    if (new Map(found.changes).get(ORIGIN) !== tenantOrigin(tenant)) throw otherSettings(name);
    const one = await attach(tenant);
    await one.resident.load(found);
    return one;
  };
  loaded.set(own.default.name, Promise.resolve(await begin(own.default)));

  const create: Access["create"] = async (name, settings) => {
    own.made = Math.max(own.made, await directory.next());
    const tenant = await own.create(name, settings);
    let isListed = false;
    try {
      isListed = await listing.reserve(tenant);
      if (isListed) {
        // What a server that stopped in the middle has left.
        await store.tenant(tenant.name).erase();
        loaded.set(tenant.name, settle(tenant));
        await get(tenant.name);
        await makeRoom();
        return tenant;
      }
    } catch (error) {
      if (isListed) await listing.unlist(tenant);
      await detach(tenant.name, undefined);
      throw error;
    }
    await detach(tenant.name, undefined);
    return create(name, settings);
  };

  return {
    default: own.default,
    documents: own.documents,
    early: () => undefined,
    claimed: async (vendor, request, work) => {
      const claim = vendor?.claim(request);
      const find = async (): Promise<string> => {
        const known = own.claimedBy(vendor, request);
        if (known || !vendor || claim === undefined) return (known ?? own.default).name;
        return (await listing.claimed(vendor, claim)) ?? own.default.name;
      };
      // In an array, because the work may give nothing.
      const boxed = async (tenant: Tenant) => [await work(tenant)] as const;
      const found = (await onFound(find, boxed)) ?? (await onFound(() => own.default.name, boxed));
      if (!found) throw lost(own.default.name);
      return found[0];
    },
    on: (tenant, work) => onUsed(tenant, work, ({ run }) => run(work)),
    soon: (tenant, work) => onUsed(tenant, work, ({ runSoon }) => runSoon(work)),
    named: (name, work) => onFound(() => name, work),
    names: async () => [...(await directory.all())].filter(isReady).map(([name]) => name),
    list: async () => {
      const all = [...(await directory.all())].filter(isReady);
      const names = all.map(([name]) => name);
      const contents = await store.peek(names, [ORIGIN, "clock", "scenario"]);
      return all.map(
        ([name, listed], index) =>
          () =>
            tenantListed(own, name, listed, contents[index]),
      );
    },
    create,
    delete: async (name) => {
      const listed = await directory.find(name);
      if (!listed || name === own.default.name) return false;
      const one = await get(name).catch(() => undefined);
      await listing.unlist(one?.tenant ?? tenantListed(own, name, listed));
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

const isReady = ([, { isReady: ready }]: readonly [string, Listed]): boolean => ready;
