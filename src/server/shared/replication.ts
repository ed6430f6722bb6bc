import { KitError } from "../../core/errors.ts";
import type { Exchange } from "../../core/journal/journal.ts";
import { type Redactor, redactor, redactTexts } from "../../core/journal/redact.ts";
import type { Change, Replicated } from "../../core/replication/replicated.ts";
import { replicatedJournal } from "../../core/replication/replicated-journal.ts";
import { replicatedStore } from "../../core/replication/replicated-store.ts";
import {
  journalLimits,
  type Tenant,
  type TenantSettings,
  type TenantSetup,
} from "../../core/tenant.ts";
import type { Vendor } from "../../core/vendor.ts";
import type { Tenants } from "../tenants.ts";

/** All tenants of a server, as changes that other servers adopt. The path of a change begins with the tenant's name. */
export interface Replica {
  /** What has changed here since the last call. */
  changes(): Change[];
  /** Adopts what other servers have changed. With `isAll` the changes are everything, and replace what is here. */
  adopt(changes: readonly Change[], isAll: boolean): Promise<void>;
}

/** The store and journal of a tenant that servers share. */
export const replicated = (
  settings: TenantSettings,
): Required<Pick<TenantSetup, "store" | "journal">> => ({
  store: replicatedStore(),
  journal: replicatedJournal(journalLimits(settings)),
});

/** Store and journal report their own changes; see `replicated`. */
const replicatedParts = ({
  store,
  journal,
}: Tenant): readonly [store: Replicated, journal: Replicated] => [
  store as unknown as Replicated,
  journal as unknown as Replicated,
];

/** The small parts of a tenant are written whole. */
const SMALL = {
  clock: {
    read: ({ clock }: Tenant): unknown => clock.state(),
    adopt: ({ clock }: Tenant, state: never): void => clock.adopt(state),
  },
  random: {
    read: ({ random }: Tenant): unknown => random.state(),
    adopt: ({ random }: Tenant, state: never): void => random.restore(state),
  },
  faults: {
    read: ({ faults }: Tenant): unknown => faults.state(),
    adopt: ({ faults }: Tenant, state: never): void => faults.restore(state),
  },
  scenario: {
    read: ({ scenario }: Tenant): unknown => scenario,
    adopt: (tenant: Tenant, scenario: never): void => void Object.assign(tenant, { scenario }),
  },
};

type Small = keyof typeof SMALL;
const SMALL_PARTS = Object.keys(SMALL) as readonly Small[];

/** A tenant as the other servers know it. */
interface SharedTenant {
  readonly tenant: Tenant;
  readonly small: Partial<Record<Small, string>>;
}

/** Calls `seen` with every exchange that another server has written. */
export function createReplica(
  tenants: Tenants,
  seen: (exchange: Exchange) => void,
  vendors: readonly Pick<Vendor, "credentials">[] = [],
): Replica {
  const known = new Map<string, SharedTenant>();
  const redactors = new WeakMap<Tenant, Redactor>();
  const redactorOf = (tenant: Tenant): Redactor => {
    const own = vendors.flatMap((vendor) => vendor.credentials(tenant));
    const made = redactors.get(tenant) ?? redactor(own.flatMap(({ secrets }) => secrets));
    redactors.set(tenant, made);
    return made;
  };
  /** Removes credentials that a client wrote into a text, here and in what the other servers get. */
  const withoutSecrets = (tenant: Tenant, store: Replicated): Change[] => {
    const changes = store.changes();
    const clean = redactorOf(tenant);
    const replaced = changes.flatMap(([path, value]): Change[] => {
      if (value === undefined || !clean.finds(value)) return [];
      return [[path, JSON.stringify(redactTexts(JSON.parse(value), clean))]];
    });
    store.adopt(replaced);
    return replaced.length === 0 ? changes : [...new Map([...changes, ...replaced])];
  };
  let made: number | undefined;

  const changesOf = (name: string, now: SharedTenant): Change[] => {
    const small = SMALL_PARTS.flatMap((part): Change[] => {
      const text = JSON.stringify(SMALL[part].read(now.tenant));
      if (now.small[part] === text) return [];
      now.small[part] = text;
      return [[`${name} ${part}`, text]];
    });
    const [store, journal] = replicatedParts(now.tenant);
    const large = [...withoutSecrets(now.tenant, store), ...journal.changes()];
    return [...small, ...large.map(([path, value]): Change => [`${name} ${path}`, value])];
  };
  const remember = (tenant: Tenant): SharedTenant => {
    const fresh: SharedTenant = { tenant, small: {} };
    known.set(tenant.name, fresh);
    return fresh;
  };
  const removalOf = ({ tenant }: SharedTenant): Change[] => {
    const paths = [
      "tenant",
      ...SMALL_PARTS,
      ...replicatedParts(tenant).flatMap((part) => [...part.paths()]),
    ];
    return paths.map((path): Change => [`${tenant.name} ${path}`, undefined]);
  };
  /** Empties a tenant: its content comes from the other servers. */
  const empty = (tenant: Tenant): void => {
    tenant.store.clear();
    for (const part of replicatedParts(tenant)) {
      part.adopt([...part.paths()].map((path): Change => [path, undefined]));
      part.changes();
    }
    remember(tenant);
  };

  /** The store is empty: everything here is new to the other servers. */
  const reportEverything = (): void => {
    known.clear();
    made = undefined;
    for (const { store, journal } of tenants.all()) {
      store.restore(store.state());
      journal.clear();
    }
  };
  const adoptTenant = async (name: string, changes: ReadonlyMap<string, string | undefined>) => {
    if (changes.has("tenant")) {
      const text = changes.get("tenant");
      if (text === undefined) {
        tenants.delete(name);
        known.delete(name);
        return;
      }
      const { number, settings } = JSON.parse(text) as Pick<Tenant, "number" | "settings">;
      const own = tenants.get(name);
      if (own?.number !== number) {
        if (own) tenants.delete(name);
        empty(await tenants.adopt(name, number, settings));
      } else if (JSON.stringify(own.settings) !== JSON.stringify(settings)) {
        throw new KitError(
          `The store has a tenant "${name}" with other settings: start this server with the same settings, or with another store.`,
        );
      }
    }
    const tenant = tenants.get(name);
    if (!tenant) return;
    const { small } = known.get(name) ?? remember(tenant);
    for (const part of SMALL_PARTS) {
      const text = changes.get(part);
      if (text === undefined) continue;
      small[part] = text;
      SMALL[part].adopt(tenant, JSON.parse(text) as never);
    }
    const others = [...changes].filter(([path]) => path.startsWith("["));
    const isExchange = ([path]: Change): boolean => /^\["(exchange|counts)"/.test(path);
    const [store, journal] = replicatedParts(tenant);
    store.adopt(others.filter((change) => !isExchange(change)));
    const exchanges = others.filter(isExchange);
    journal.adopt(exchanges);
    for (const [path, text] of exchanges) {
      if (text !== undefined && path.startsWith('["exchange"')) seen(JSON.parse(text));
    }
  };

  return {
    changes: () => {
      const all = tenants.all();
      const current = new Set(all);
      const left = [...known.values()].filter(({ tenant }) => !current.has(tenant));
      const changes = left.flatMap(removalOf);
      for (const { tenant } of left) known.delete(tenant.name);
      for (const tenant of all) {
        const { name, number, settings } = tenant;
        if (!known.has(name)) {
          changes.push([`${name} tenant`, JSON.stringify({ number, settings })]);
        }
        changes.push(...changesOf(name, known.get(name) ?? remember(tenant)));
      }
      if (made !== tenants.made) {
        made = tenants.made;
        changes.push([MADE, String(made)]);
      }
      // Where a path was removed and added again, only the last change counts.
      return [...new Map(changes)];
    },
    adopt: async (changes, isAll) => {
      const byTenant = new Map<string, Map<string, string | undefined>>();
      for (const [whole, value] of changes) {
        if (whole === MADE) {
          made = Number(value);
          tenants.made = made;
          continue;
        }
        const space = whole.indexOf(" ");
        const name = whole.slice(0, space);
        const own = byTenant.get(name) ?? new Map<string, string | undefined>();
        byTenant.set(name, own);
        own.set(whole.slice(space + 1), value);
      }
      if (isAll && changes.length === 0) return reportEverything();
      if (isAll) {
        for (const tenant of tenants.all()) {
          if (!byTenant.has(tenant.name)) tenants.delete(tenant.name);
          else empty(tenant);
        }
      }
      for (const [name, own] of byTenant) await adoptTenant(name, own);
    },
  };
}

const MADE = "* made";
