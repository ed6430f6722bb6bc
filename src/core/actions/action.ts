import { isoTime } from "../clock.ts";
import { KitError } from "../errors.ts";
import type { Tenant, TenantSettings } from "../tenant.ts";
import {
  isLegal,
  type Lifecycle,
  nextOf,
  type Pace,
  type State,
  stagesOf,
  stateAt,
} from "./progress.ts";

/** Something a vendor was asked to do on targets: one small state machine for each of them. */
export interface Action {
  readonly id: string;
  /** What is done, in the vendor's word. */
  readonly kind: string;
  /** The tenant's time at which it was asked for, in milliseconds. */
  readonly at: number;
  /** How often a client has asked how it goes. */
  readonly polls: number;
  readonly pace: Pace;
  readonly targets: readonly Target[];
}

export interface Target {
  readonly id: string;
  readonly lifecycle: Lifecycle;
  /** Where on the action's scale (see `elapsed`) the lifecycle began; 0 where it began with the action. */
  readonly since?: number;
  /** Where the control API has put it; from then on nothing else moves it. */
  readonly put?: State;
}

const paces = new WeakMap<TenantSettings, Pace>();

/** How fast a tenant's next action moves. One object for all of them: a tenant may hold a million. */
export function paceOf(settings: TenantSettings): Pace {
  const known = paces.get(settings);
  if (known) return known;
  const { progress: mode, stepPolls, stepSeconds, timeoutSeconds, expirySeconds } = settings;
  const pace: Pace =
    mode === "polls"
      ? { mode, step: stepPolls, timeout: 5 * stepPolls, expiry: 10 * stepPolls }
      : {
          mode,
          step: stepSeconds * 1000,
          timeout: timeoutSeconds * 1000,
          expiry: expirySeconds * 1000,
        };
  paces.set(settings, pace);
  return pace;
}

/** Where one target stands now. Computed, never stored: no timer moves an action. */
export function stateOf(action: Action, target: Target, tenant: Pick<Tenant, "clock">): State {
  if (target.put) return target.put;
  const since = target.since ?? 0;
  const gone = action.pace.mode === "manual" ? 0 : elapsed(action, tenant) - since;
  return stateAt(target.lifecycle, gone, action.pace);
}

/** A state of a target's way, and when it begins (ISO 8601) where time alone moves the target. */
export interface Step {
  readonly state: State;
  readonly at?: string;
}

/** The states that a target passes through; the one it was put into by hand is one of them. */
export function stepsOf({ at, pace }: Action, { lifecycle, since = 0, put }: Target): Step[] {
  const isTimed = pace.mode === "time" && put === undefined;
  const steps: Step[] = stagesOf(lifecycle, pace).map(({ state, from }) =>
    isTimed ? { state, at: isoTime(at + since + from) } : { state },
  );
  return put === undefined || steps.some(({ state }) => state === put)
    ? steps
    : [...steps.slice(0, -1), { state: put }];
}

/** How far an action is, in the unit of its pace: what `since` counts. The first status call shows the beginning. */
function elapsed({ at, polls, pace }: Action, { clock }: Pick<Tenant, "clock">): number {
  return pace.mode === "polls" ? Math.max(0, polls - 1) : clock.now() - at;
}

/** The same target on another lifecycle from now on. */
export const divert = <Kind extends Target>(
  action: Action,
  target: Kind,
  lifecycle: Lifecycle,
  tenant: Pick<Tenant, "clock">,
): Kind => {
  const { put: _, ...rest } = target;
  // The next status call is the first one on this lifecycle.
  const since = action.pace.mode === "polls" ? action.polls : elapsed(action, tenant);
  return { ...rest, lifecycle, since } as Kind;
};

/**
 * The same action with one target put into a state, or into the next one of its lifecycle; without `only`, with every
 * target that can make the step. Throws a KitError where none can.
 */
export function move<Kind extends Action>(
  action: Kind,
  tenant: Pick<Tenant, "clock">,
  to?: State,
  only?: string,
): Kind {
  const chosen = action.targets.filter(({ id }) => only === undefined || id === only);
  if (chosen.length === 0) throw new KitError(`Action ${action.id} has no target ${only}.`);
  const steps = new Map<Target, State>();
  for (const target of chosen) {
    const from = stateOf(action, target, tenant);
    const put = to ?? nextOf(target.lifecycle, from);
    if (put && isLegal(from, put)) steps.set(target, put);
  }
  if (steps.size === 0) {
    const where = chosen.map((target) => `${target.id} is ${stateOf(action, target, tenant)}`);
    const what = to ? `become ${to}` : "go on by itself";
    throw new KitError(
      `No target of action ${action.id} can ${what}: ${where.slice(0, 5).join(", ")}.`,
    );
  }
  const targets = action.targets.map((target) => {
    const put = steps.get(target);
    return put ? { ...target, put } : target;
  });
  return { ...action, targets };
}
