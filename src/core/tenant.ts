import type { AlsoDocument } from "./also-document.ts";
import { type ClockState, createClock, parseTime, type TenantClock } from "./clock.ts";
import type { FaultRule } from "./faults/fault.ts";
import { createFaults, type Faults } from "./faults/faults.ts";
import { atOnce } from "./in-turns.ts";
import { createJournal, type Journal, type JournalLimits } from "./journal/journal.ts";
import { createRandom, type Random } from "./random.ts";
import type { Values } from "./setting.ts";
import { memoryStore, nothingHeld, type Store } from "./store.ts";
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
  /** OpenAPI documents of the user's own, with calls that fauxdr does not serve. */
  readonly documents: readonly AlsoDocument[];
  /** The current scenario. Mutable, because another server may change it. */
  scenario: string;
  /** Back to its first state, or into another scenario. Its credentials do not change. */
  reset(scenario?: string): void;
  /** The same in pieces, for large inventories. Nothing changes before the last piece. */
  resetting(scenario?: string): Iterable<unknown>;
}

export interface TenantSetup {
  readonly name: string;
  readonly number: number;
  readonly settings: TenantSettings;
  /** Fills the inventories, in pieces. Like `begin`, it is called at creation and at every reset. */
  readonly fill?: (tenant: Tenant) => Iterable<unknown>;
  /** Prepares the scenario, and returns its fault rules. */
  readonly begin: (tenant: Tenant, scenario: string) => readonly FaultRule[];
  readonly documents?: readonly AlsoDocument[];
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

export function createTenant(options: TenantSetup): Tenant {
  const tenant = emptyTenant(options);
  tenant.reset();
  return tenant;
}

/** A tenant that needs a first reset. */
export function emptyTenant(options: TenantSetup): Tenant {
  const { name, number, settings, fill, begin } = options;
  const seed = `${settings.seed}/${name}`;
  const newClock = (): TenantClock => createClock(initialClock(settings.clock));
  const tenant: Tenant = {
    name,
    number,
    settings,
    clock: newClock(),
    random: createRandom(seed),
    store: options.store ?? memoryStore(),
    journal: options.journal ?? createJournal(journalLimits(settings)),
    faults: createFaults(`${seed}/faults`),
    documents: options.documents ?? [],
    scenario: settings.scenario,
    reset: (chosen) => atOnce(tenant.resetting(chosen)),
    resetting: function* (chosen = settings.scenario) {
      const held = nothingHeld();
      const random = createRandom(seed);
      const fresh = { ...tenant, clock: newClock(), random, store: memoryStore(held) };
      if (fill) yield* fill(fresh);
      const prepared = begin(fresh, chosen);
      // No yield below: atomic.
      tenant.scenario = chosen;
      tenant.store.take(held);
      tenant.journal.clear();
      tenant.clock.reset();
      tenant.random.restore(random.state());
      // If a given rule has the same id as a scenario's rule, the scenario's rule gets a generated id.
      const rules = prepared.map(({ id, ...rule }) =>
        id === undefined || settings.faults.some((given) => given.id === id)
          ? rule
          : { id, ...rule },
      );
      tenant.faults.reset([...settings.faults, ...rules]);
    },
  };
  return tenant;
}

/** `real` is not a time, so the clock runs. */
function initialClock(setting: string): ClockState {
  const at = parseTime(setting);
  return at === undefined ? { offset: 0 } : { frozenAt: at };
}
