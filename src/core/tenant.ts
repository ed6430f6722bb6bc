import { type ClockState, createClock, parseTime, type TenantClock } from "./clock.ts";
import type { FaultRule } from "./faults/fault.ts";
import { createFaults, type Faults } from "./faults/faults.ts";
import { createJournal, type Journal, type JournalLimits } from "./journal/journal.ts";
import { createRandom, type Random } from "./random.ts";
import type { Values } from "./setting.ts";
import { memoryStore, type Store } from "./store.ts";
import { TENANT_SETTINGS } from "./tenant-settings.ts";

/** The settings that every tenant has, with any vendors. */
export type TenantSettings = Values<typeof TENANT_SETTINGS>;

/** The wire form of the replies: what the vendor's documents print, or what published recordings show. */
export type WireForm = TenantSettings["wire"];

export const WIRE_FORMS: readonly WireForm[] = TENANT_SETTINGS.wire.choices;

/** One isolated environment: inventory, clock, journal, faults. The credentials of a request choose its tenant. */
export interface Tenant {
  readonly name: string;
  /** 0 for the tenant `default`, then counted up. Credentials contain it, so that those of two tenants differ. */
  readonly number: number;
  readonly settings: TenantSettings;
  readonly clock: TenantClock;
  readonly random: Random;
  readonly store: Store;
  readonly journal: Journal;
  readonly faults: Faults;
  /** The current scenario. Mutable, because another server may change it. */
  scenario: string;
  /** Back to its first state, or into another scenario. Its credentials do not change. */
  reset(scenario?: string): void;
}

export interface TenantOptions {
  readonly name: string;
  readonly number: number;
  readonly settings: TenantSettings;
  /**
   * Fills the inventories, prepares the scenario, and returns the scenario's fault rules. Called at creation and at
   * every reset.
   */
  readonly begin: (tenant: Tenant, scenario: string) => readonly FaultRule[];
  /** Store and journal. By default both are in the memory of this process. */
  readonly store?: Store;
  readonly journal?: Journal;
}

/** Limit on the stored bodies of one tenant. */
const JOURNAL_BYTES = 64 * 1024 * 1024;

export const journalLimits = ({ journalEntries }: TenantSettings): JournalLimits => ({
  entries: journalEntries,
  bytes: JOURNAL_BYTES,
});

export function createTenant(options: TenantOptions): Tenant {
  const { name, number, settings, begin } = options;
  const seed = `${settings.seed}/${name}`;
  const random = createRandom(seed);
  const untouched = random.state();
  const tenant: Tenant = {
    name,
    number,
    settings,
    clock: createClock(initialClock(settings.clock)),
    random,
    store: options.store ?? memoryStore(),
    journal: options.journal ?? createJournal(journalLimits(settings)),
    faults: createFaults(`${seed}/faults`),
    scenario: settings.scenario,
    reset: (chosen = settings.scenario) => {
      tenant.store.clear();
      tenant.journal.clear();
      tenant.clock.reset();
      random.restore(untouched);
      start(chosen);
    },
  };
  const start = (chosen: string): void => {
    tenant.scenario = chosen;
    // If a given rule has the same id as a scenario's rule, the scenario's rule gets a generated id.
    const prepared = begin(tenant, chosen).map(({ id, ...rule }) =>
      id === undefined || settings.faults.some((given) => given.id === id) ? rule : { id, ...rule },
    );
    tenant.faults.reset([...settings.faults, ...prepared]);
  };
  start(settings.scenario);
  return tenant;
}

/** `real` is not a time, so the clock runs. */
function initialClock(setting: string): ClockState {
  const at = parseTime(setting);
  return at === undefined ? { offset: 0 } : { frozenAt: at };
}
