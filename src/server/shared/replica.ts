import { machineDate } from "../../core/clock.ts";
import { inTurns } from "../../core/in-turns.ts";
import type { Exchange } from "../../core/journal/journal.ts";
import { redactTexts } from "../../core/journal/redact-texts.ts";
import { createRandom } from "../../core/random.ts";
import type { Change } from "../../core/replication/replicated.ts";
import {
  isOfJournal,
  type ReplicatedJournal,
  replicatedJournal,
} from "../../core/replication/replicated-journal.ts";
import { type ReplicatedStore, replicatedStore } from "../../core/replication/replicated-store.ts";
import { journalLimits, type Tenant, type TenantSettings } from "../../core/tenant.ts";
import type { Vendor } from "../../core/vendor.ts";
import { redactorOf } from "../handles.ts";
import { Deleted } from "./lost.ts";

/** This server's copy of a tenant, as changes that other servers adopt. */
export interface Replica {
  /** What has changed here since the last call. */
  changes(): Change[];
  /** Everything. */
  whole(): Change[];
  /** Adopts what others have changed, or everything. Rejects with `Deleted` if it is another tenant. */
  adopt(changes: readonly Change[], isAll: boolean): Promise<void>;
  /** Other servers may have known more than this one: gives out no id that they may have given out. */
  renew(nonce: string): void;
  /** How many exchanges are still recorded here. */
  recording(): number;
  /** Whether somebody here waits for changes of other servers: a delayed reply for the clock, or a watcher. */
  isWatched(): boolean;
  /** What there is now is stored. */
  confirm(): void;
  /** Takes back what calls did whose changes were not stored. Their exchanges stay. */
  revert(): void;
  /** The calls that made these changes have failed. */
  abandon(paths: readonly string[]): void;
}

/** The store and journal of a tenant that servers share. `server` names this one. */
export const replicated = (server: string) => {
  let made = 0;
  return (settings: TenantSettings): { store: ReplicatedStore; journal: ReplicatedJournal } => ({
    store: replicatedStore(),
    journal: replicatedJournal(journalLimits(settings), `${server}.${++made}`),
  });
};

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

/** What a tenant is created from. It never changes. */
export const ORIGIN = "tenant";
export const tenantOrigin = ({ number, settings }: Pick<Tenant, "number" | "settings">): string =>
  JSON.stringify({ number, settings });

/** How many numbers are left out where another server may have given out more than this one knows of. */
const LEFT_OUT = 100_000;
/** How many changes are adopted at a time: a few milliseconds of work. */
const AT_ONCE = 300;

/** `seen` gets every exchange that another server has written, if `isWatched`. */
export function createReplica(
  tenant: Tenant,
  vendors: readonly Vendor[],
  { isWatched, seen }: { isWatched: () => boolean; seen: (exchange: Exchange) => void },
): Replica {
  const store = tenant.store as ReplicatedStore;
  const journal = tenant.journal as ReplicatedJournal;
  const known: Partial<Record<Small, string>> = {};
  let stored = { ...known };
  const clean = redactorOf(tenant, vendors);
  const origin = tenantOrigin(tenant);

  const smallChanges = (): Change[] =>
    SMALL_PARTS.flatMap((part): Change[] => {
      const text = JSON.stringify(SMALL[part].read(tenant));
      if (known[part] === text) return [];
      known[part] = text;
      return [[part, text]];
    });
  /** Removes credentials that a client wrote into a text, here and in what the other servers get. */
  const storeChanges = (): Change[] => {
    const changes = store.changes();
    // One search of all values: each search has a price of its own.
    if (!clean.finds(changes.map(([, value]) => value).join("\n"))) return changes;
    const replaced = changes.flatMap(([path, value]): Change[] => {
      if (value === undefined || !clean.finds(value)) return [];
      return [[path, JSON.stringify(redactTexts(JSON.parse(value), clean))]];
    });
    store.adopt(replaced);
    return [...new Map([...changes, ...replaced])];
  };
  const changes = (): Change[] => [...smallChanges(), ...storeChanges(), ...journal.changes()];

  return {
    changes,
    whole: () => {
      changes();
      return [
        [ORIGIN, origin],
        ...SMALL_PARTS.map((part): Change => [part, known[part]]),
        ...[store, journal].flatMap((part) =>
          [...part.paths()].map((path): Change => [path, part.read(path)]),
        ),
      ];
    },
    adopt: async (given, isAll) => {
      const all = new Map(given);
      const found = all.get(ORIGIN);
      if (isAll ? found !== origin : found !== undefined && found !== origin) {
        throw new Deleted();
      }
      for (const part of SMALL_PARTS) {
        const text = all.get(part);
        if (text === undefined || text === known[part]) continue;
        known[part] = text;
        SMALL[part].adopt(tenant, JSON.parse(text) as never);
      }
      const old = isAll ? [store, journal].flatMap((part) => [...part.paths()]) : [];
      const gone = old.filter((path) => !all.has(path)).map((path): Change => [path, undefined]);
      const rest = [...gone, ...given].filter(([path]) => path.startsWith("["));
      const [ofJournal, ofStore] = [
        rest.filter(isExchange),
        rest.filter((one) => !isExchange(one)),
      ];
      journal.adopt(ofJournal);
      if (ofStore.length <= AT_ONCE) store.adopt(ofStore);
      else await inTurns(store.adopting(ofStore, AT_ONCE));
      if (!isWatched()) return;
      const written = new Set(ofJournal.map(([path]) => /\d+/.exec(path)?.[0]));
      for (const exchange of journal.entries()) {
        if (written.has(String(exchange.id))) seen(exchange);
      }
    },
    renew: (nonce) => {
      // The store may be wiped again before this server hears of ids that were given out since. By the time of the wipe,
      // they differ.
      const ticks = Math.floor(machineDate(0).getTime() / 10) % 8_000_000;
      store.skip(LEFT_OUT, LEFT_OUT + ticks);
      tenant.random.restore(createRandom(nonce).state());
    },
    recording: () => journal.recording,
    isWatched: () => journal.recording > 0 || isWatched(),
    confirm: () => {
      store.confirm();
      stored = { ...known };
    },
    revert: () => {
      store.revert();
      for (const part of SMALL_PARTS) {
        const text = stored[part];
        if (text === undefined || text === known[part]) continue;
        known[part] = text;
        SMALL[part].adopt(tenant, JSON.parse(text) as never);
      }
    },
    abandon: (paths) => journal.abandon(paths),
  };
}

const isExchange = ([path]: Change): boolean => isOfJournal(path);
