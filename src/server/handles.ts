import { move, type Step, stateOf, stepsOf } from "../core/actions/action.ts";
import type { State } from "../core/actions/progress.ts";
import { isoTime, parseTime, type TenantClock } from "../core/clock.ts";
import { KitError, VerificationError } from "../core/errors.ts";
import type { FaultRule } from "../core/faults/fault.ts";
import type { LiveRule } from "../core/faults/faults.ts";
import { readFaultRule } from "../core/faults/read-fault.ts";
import { atOnce, inTurns } from "../core/in-turns.ts";
import type { Exchange, Journal } from "../core/journal/journal.ts";
import { type Redactor, redactor } from "../core/journal/redact.ts";
import { type Expectation, readExpectation, type Verdict, verify } from "../core/journal/verify.ts";
import { scenarioParts } from "../core/scenario.ts";
import {
  restoreSnapshot,
  restoring,
  type Snapshot,
  snapshotting,
  takeSnapshot,
} from "../core/snapshot.ts";
import type { Store } from "../core/store.ts";
import type { Tenant, TenantSettings } from "../core/tenant.ts";
import type { Credential, Vendor } from "../core/vendor.ts";
import { type Inventory, inventoryOf } from "./inventory.ts";
import { checkNames } from "./names.ts";

/** What a test can do with a tenant. The control API offers the same. */
export interface TenantHandle {
  readonly name: string;
  readonly settings: TenantSettings;
  readonly clock: TenantClock;
  readonly journal: Journal;
  readonly store: Store;
  readonly actions: Actions;
  readonly faults: FaultRules;
  /** Hosts, events and the like, by vendor and kind. */
  readonly inventory: Inventory;
  /** The current scenario. */
  readonly scenario: string;
  /** The credentials to send, by vendor. */
  readonly credentials: Readonly<Record<string, readonly Credential[]>>;
  /**
   * Returns the exchanges that match the expectation. If it is not met, throws a VerificationError that lists the
   * closest matches.
   */
  verify(expectation: Expectation): readonly Exchange[];
  /** The same as a value: passed, failed or cannot tell. */
  verdict(expectation: Expectation): Verdict;
  /** Back to the first state, or into another scenario. Throws a KitError for an unknown one. */
  reset(scenario?: string): void;
  /** The state as JSON. Credentials are removed, even from stored text that a client sent. */
  snapshot(): Snapshot;
  /** Replaces the state by that of a snapshot. Throws a KitError if the snapshot is invalid. */
  restore(snapshot: unknown): void;
  /** The same for large fleets, without blocking the event loop. Nothing changes before the end. */
  readonly inTurns: {
    reset(scenario?: string): Promise<void>;
    /** The state at the time of the call. */
    snapshot(): Promise<Snapshot>;
    restore(snapshot: unknown): Promise<void>;
  };
}

/** The actions of a tenant, of all vendors. */
export interface Actions {
  list(): ActionView[];
  /** Moves an action and returns its new state. Throws a KitError for an illegal step. */
  move(id: string, step?: ActionMove): ActionView;
}

/** The fault rules of a tenant, in the order in which they were added. */
export interface FaultRules {
  /** Throws a KitError for an invalid rule. */
  add(rule: FaultRule): LiveRule;
  /** The rules with their counts. */
  list(): readonly LiveRule[];
  /** False if there is no such rule. */
  remove(id: string): boolean;
  clear(): void;
}

/** An action and the states of its targets. */
export interface ActionView {
  readonly vendor: string;
  readonly id: string;
  readonly kind: string;
  /** ISO 8601. */
  readonly at: string;
  readonly targets: readonly TargetView[];
}

/** A target, its current state, and all states of its lifecycle. */
export interface TargetView {
  readonly id: string;
  readonly state: State;
  readonly lifecycle: readonly Step[];
}

/** How to move an action. */
export interface ActionMove {
  /** The new state. By default the next one of the lifecycle. */
  readonly state?: State;
  /** The target to move. By default all that can make the step. */
  readonly target?: string;
}

export function handleOf(
  tenant: Tenant,
  vendors: readonly Vendor[],
  version: string,
): TenantHandle {
  const { name, settings, clock, journal, store } = tenant;
  const verdict = (expectation: Expectation): Verdict => {
    const { inOrder } = readExpectation(expectation);
    for (const pattern of inOrder ?? [expectation]) checkNames(pattern, vendors, tenant.documents);
    return verify(journal, expectation);
  };
  const tables = vendors.flatMap((vendor) => vendor.tables);
  const resetting = function* (scenario?: string): Iterable<unknown, void> {
    // Checked first, so that an unknown name changes nothing.
    if (scenario !== undefined) scenarioParts(scenario, vendors);
    yield* tenant.resetting(scenario);
  };
  const credentials = Object.fromEntries(
    vendors.map((vendor) => [vendor.name, vendor.credentials(tenant)]),
  );
  return {
    name,
    settings,
    clock,
    journal,
    store,
    actions: actionsOf(tenant, vendors),
    credentials,
    inventory: inventoryOf(tenant, vendors),
    faults: faultsOf(tenant, vendors),
    get scenario() {
      return tenant.scenario;
    },
    verdict,
    verify: (expectation) => {
      const { verdict: word, message, matched } = verdict(expectation);
      if (word !== "passed") throw new VerificationError(message);
      return journal.entries().filter(({ id }) => matched.includes(id));
    },
    reset: (scenario) => atOnce(resetting(scenario)),
    snapshot: () => takeSnapshot(tenant, version, redactorOf(tenant, vendors).text),
    restore: (snapshot) => restoreSnapshot(tenant, snapshot, tables),
    inTurns: {
      reset: (scenario) => inTurns(resetting(scenario)),
      snapshot: () => inTurns(snapshotting(tenant, version, redactorOf(tenant, vendors).text)),
      restore: (snapshot) => inTurns(restoring(tenant, snapshot, tables)),
    },
  };
}

/** Removes the credentials of a tenant from texts. */
export const redactorOf = (tenant: Tenant, vendors: readonly Vendor[]): Redactor =>
  redactor(
    vendors.flatMap((vendor) => vendor.credentials(tenant).flatMap(({ secrets }) => secrets)),
  );

function actionsOf(tenant: Tenant, vendors: readonly Vendor[]): Actions {
  const { store } = tenant;
  const list = (): ActionView[] =>
    vendors.flatMap((vendor) =>
      store.all(vendor.actions).map((action) => ({
        vendor: vendor.name,
        id: action.id,
        kind: action.kind,
        at: isoTime(action.at),
        targets: action.targets.map((target) => ({
          id: target.id,
          state: stateOf(action, target, tenant),
          lifecycle: stepsOf(action, target),
        })),
      })),
    );
  return {
    list,
    move: (id, { state, target } = {}) => {
      const vendor = vendors.find(({ actions }) => store.get(actions, id));
      const action = vendor && store.get(vendor.actions, id);
      if (!action) throw new KitError(`Tenant "${tenant.name}" has no action ${id}.`);
      store.put(vendor.actions, move(action, tenant, state, target));
      return list().find((view) => view.id === id) as ActionView;
    },
  };
}

const faultsOf = ({ faults, documents }: Tenant, vendors: readonly Vendor[]): FaultRules => ({
  add: (rule) => {
    checkNames(readFaultRule(rule), vendors, documents);
    return faults.add(rule);
  },
  list: () => faults.list(),
  remove: (id) => faults.remove(id),
  clear: () => faults.reset(),
});

/** A move of a clock, as JSON. `freeze` and `set` take an ISO 8601 time that has not passed. */
export type ClockMove =
  | { readonly freeze: string | true }
  | { readonly set: string }
  | { readonly advanceSeconds: number }
  | { readonly resume: true };

export function moveClock(clock: TenantClock, step: ClockMove): void {
  if ("freeze" in step) clock.freeze(step.freeze === true ? undefined : moment(step.freeze));
  else if ("set" in step) clock.set(moment(step.set));
  else if ("advanceSeconds" in step) clock.advance(wholeMs(step.advanceSeconds));
  else clock.resume();
}

/** Seconds as milliseconds. Throws a KitError if they are not whole milliseconds. */
function wholeMs(seconds: number): number {
  const ms = Math.round(seconds * 1000);
  // 1.1 seconds are 1100.0000000000002 milliseconds.
  if (Math.abs(ms - seconds * 1000) < 1e-6 * Math.max(1, ms)) return ms;
  throw new KitError(
    `advanceSeconds must be a number of seconds with at most three decimals, not ${seconds}.`,
  );
}

function moment(text: string): number {
  const at = parseTime(text);
  if (at !== undefined) return at;
  throw new KitError(`${JSON.stringify(text)} is not a time such as 2026-01-31T12:00:00Z.`);
}
