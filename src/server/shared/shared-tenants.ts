import type { Exchange } from "../../core/journal/journal.ts";
import type { Tenant } from "../../core/tenant.ts";
import type { Vendor, WireRequest } from "../../core/vendor.ts";
import type { Access } from "../access.ts";
import type { Tenants } from "../tenants.ts";
import { runOrWarn } from "../warn.ts";
import { createKept } from "./kept.ts";
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
    kept.forget(name);
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
    const tenant = await own.adopt(name, number, settings);
    try {
      const one = await attach(tenant);
      await one.resident.load(found);
      return one;
    } catch (error) {
      // Otherwise its credentials would be taken when it is loaded again.
      own.delete(name);
      throw error;
    }
  };
  const kept = createKept<Loaded>({
    limit: options.loaded,
    mayLeave: ({ tenant, resident }) => tenant !== own.default && resident.isIdle(),
    leave: detach,
  });
  const get = (name: string) => kept.get(name) ?? kept.keep(name, load(name));

  /** Runs work on the tenant that `find` names, if there is one. If it was deleted meanwhile, it looks again. */
  const onFound = async <Result>(
    find: () => string | Promise<string>,
    work: (tenant: Tenant) => Result | Promise<Result>,
  ): Promise<Result | typeof NO_TENANT> => {
    for (;;) {
      const name = find();
      const found = get(typeof name === "string" ? name : await name);
      // Most calls await nothing but their transaction: each await takes time.
      const one = found instanceof Promise ? await found : found;
      if (!one) return NO_TENANT;
      try {
        return await one.resident.run(() => work(one.tenant));
      } catch (error) {
        if (!(error instanceof Deleted)) throw error;
        if (one.tenant === own.default) throw otherSettings(one.tenant.name);
        await detach(one.tenant.name, one);
      }
    }
  };

  /** The name of the tenant that a request's credentials belong to, if this server has not loaded it. */
  const claimedElsewhere = async (
    vendor: Vendor | undefined,
    request: WireRequest,
  ): Promise<string> => {
    const claim = vendor?.claim(request);
    const name = vendor && claim !== undefined && (await listing.claimed(vendor, claim));
    return name || own.default.name;
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
  await kept.keep(own.default.name, begin(own.default));

  const create: Access["create"] = async (name, settings) => {
    own.made = Math.max(own.made, await directory.next());
    const tenant = await own.create(name, settings);
    let isListed = false;
    try {
      isListed = await listing.reserve(tenant);
      if (isListed) {
        // What a server that stopped in the middle has left.
        await store.tenant(tenant.name).erase();
        await kept.keep(tenant.name, settle(tenant));
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
      const find = () => own.claimedBy(vendor, request)?.name ?? claimedElsewhere(vendor, request);
      const found = await onFound(find, work);
      if (found !== NO_TENANT) return found;
      const byDefault = await onFound(() => own.default.name, work);
      if (byDefault === NO_TENANT) throw lost(own.default.name);
      return byDefault;
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
    soon: (tenant, work) => (using.get(tenant)?.resident.runSoon ?? runOrWarn)(work),
    named: async (name, work) => {
      const found = await onFound(() => name, work);
      return found === NO_TENANT ? undefined : found;
    },
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
      const one = await Promise.resolve(get(name)).catch(() => undefined);
      await listing.unlist(one?.tenant ?? tenantListed(own, name, listed));
      await store.tenant(name).erase();
      await detach(name, one);
      return true;
    },
    reset: own.reset,
    settled: async () => {
      await Promise.all((await kept.all()).map(({ resident }) => resident.settled()));
    },
  };
}

/** Not undefined, because the work itself may give that. */
const NO_TENANT = Symbol("no tenant");

const isReady = ([, { isReady: ready }]: readonly [string, Listed]): boolean => ready;
