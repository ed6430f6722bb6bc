import { type ClockState, createClock, parseTime, type TenantClock } from "./clock.ts";
import type { FaultRule } from "./faults/fault.ts";
import { createFaults, type Faults } from "./faults/faults.ts";
import { createJournal, type Journal, type JournalLimits } from "./journal/journal.ts";
import { createRandom, type Random } from "./random.ts";
import type { Values } from "./setting.ts";
import { memoryStore, type Store } from "./store.ts";
import type { TENANT_SETTINGS } from "./tenant-settings.ts";

/** The wire form of the answers: what the vendor's documents print, or what published recordings show. */
export type Dialect = "documented" | "observed";

export const DIALECTS: readonly Dialect[] = ["documented", "observed"];

/** What may differ from tenant to tenant, whatever the vendors. */
export type TenantSettings = Values<typeof TENANT_SETTINGS>;

/** One isolated world. The credentials of a request choose its tenant. */
export interface Tenant {
  readonly name: string;
  /** 0 for the tenant `default`, then counted up; what keeps the numbers of two tenants' keys apart. */
  readonly number: number;
  readonly settings: TenantSettings;
  readonly clock: TenantClock;
  readonly random: Random;
  readonly store: Store;
  readonly journal: Journal;
  readonly faults: Faults;
  /** The scenario that it was last put into; another server may have done that. */
  scenario: string;
  /**
   * Back to the state it was made in, or into another scenario. Its credentials follow from its name and stay as they
   * are.
   */
  reset(scenario?: string): void;
}

export interface TenantOptions {
  readonly name: string;
  readonly number: number;
  readonly settings: TenantSettings;
  /**
   * Puts the inventories in place and prepares a scenario, whose faults it answers; called once now and again at every
   * reset.
   */
  readonly begin: (tenant: Tenant, scenario: string) => readonly FaultRule[];
  /** Where it keeps its state, and its exchanges; in this process's memory unless told otherwise. */
  readonly store?: Store;
  readonly journal?: Journal;
}

/** All stored bodies of one tenant together may take this much. */
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
    // The id of a rule that was given may be that of a scenario's: that one gets another.
    const prepared = begin(tenant, chosen).map(({ id, ...rule }) =>
      id === undefined || settings.faults.some((given) => given.id === id) ? rule : { id, ...rule },
    );
    tenant.faults.reset([...settings.faults, ...prepared]);
  };
  start(settings.scenario);
  return tenant;
}

/** `real` names no moment. */
function initialClock(setting: string): ClockState {
  const at = parseTime(setting);
  return at === undefined ? { offset: 0 } : { frozenAt: at };
}
