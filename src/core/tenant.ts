import { type ClockState, createClock, parseTime, type TenantClock } from "./clock.ts";
import { createJournal, type Journal } from "./journal.ts";
import type { ProgressMode } from "./progress.ts";
import { createRandom, type Random } from "./random.ts";
import { memoryStore, type Store } from "./store.ts";

/** The wire form of the answers: what the vendor's documents print, or what published recordings show. */
export type Dialect = "documented" | "observed";

export const DIALECTS: readonly Dialect[] = ["documented", "observed"];

/** What may differ from tenant to tenant; `settings.ts` says what each one means. */
export interface TenantSettings {
  readonly dialect: Dialect;
  readonly seed: string;
  readonly clock: string;
  readonly progress: ProgressMode;
  readonly stepSeconds: number;
  readonly timeoutSeconds: number;
  readonly expirySeconds: number;
  readonly stepReads: number;
  readonly oldAgent: "stuck" | "fails";
  readonly signatureWindowSeconds: number;
  readonly refuseNonceReuse: boolean;
  readonly rateLimit: "off" | "429" | "409";
  readonly fleet: number;
  readonly journalEntries: number;
  readonly journalBodyBytes: number;
}

/** One isolated world. The credentials that a request carries say whose world it speaks to. */
export interface Tenant {
  readonly name: string;
  /** 0 for the tenant `default`, then counted up; what keeps the numbers of two tenants' keys apart. */
  readonly number: number;
  readonly settings: TenantSettings;
  readonly clock: TenantClock;
  readonly random: Random;
  readonly store: Store;
  readonly journal: Journal;
  /** Back to the state it was made in. Its credentials follow from its name and stay as they are. */
  reset(): void;
}

export interface TenantOptions {
  readonly name: string;
  readonly number: number;
  readonly settings: TenantSettings;
  /** Puts the inventories in place; called once now and again at every reset. */
  readonly seed: (tenant: Tenant) => void;
}

/** All stored bodies of one tenant together may take this much; see `journalEntries` for their number. */
const JOURNAL_BYTES = 64 * 1024 * 1024;

export function createTenant({ name, number, settings, seed }: TenantOptions): Tenant {
  const random = createRandom(`${settings.seed}/${name}`);
  const untouched = random.state();
  const tenant: Tenant = {
    name,
    number,
    settings,
    clock: createClock(initialClock(settings.clock)),
    random,
    store: memoryStore(),
    journal: createJournal({ entries: settings.journalEntries, bytes: JOURNAL_BYTES }),
    reset: () => {
      tenant.store.clear();
      tenant.journal.clear();
      tenant.clock.reset();
      random.restore(untouched);
      seed(tenant);
    },
  };
  seed(tenant);
  return tenant;
}

/** `real` names no moment. */
function initialClock(setting: string): ClockState {
  const at = parseTime(setting);
  return at === undefined ? { offset: 0 } : { frozenAt: at };
}
