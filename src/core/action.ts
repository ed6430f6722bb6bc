import { type Course, isTerminal, type Pace, type State, stateAt } from "./progress.ts";
import type { Tenant, TenantSettings } from "./tenant.ts";

/** Something a vendor was asked to do on targets: one small state machine for each of them. */
export interface Action {
  readonly id: string;
  /** What is done, in the vendor's word. */
  readonly kind: string;
  /** The tenant's time at which it was asked for, in milliseconds. */
  readonly at: number;
  /** How often a client has asked how it goes. */
  readonly reads: number;
  readonly pace: Pace;
  readonly targets: readonly Target[];
}

export interface Target {
  readonly id: string;
  readonly course: Course;
  /** Where on the action's scale (see `elapsed`) the course began; 0 where it began with the action. */
  readonly since?: number;
  /** Steps made by the control API (`progress=hand`). */
  readonly moves?: number;
}

const paces = new WeakMap<TenantSettings, Pace>();

/** How fast a tenant's next action moves. One object for all of them: a tenant may hold a million. */
export function paceOf(settings: TenantSettings): Pace {
  const known = paces.get(settings);
  if (known) return known;
  const { progress: mode, stepReads, stepSeconds, timeoutSeconds, expirySeconds } = settings;
  const pace: Pace =
    mode === "reads"
      ? { mode, step: stepReads, timeout: 5 * stepReads, expiry: 10 * stepReads }
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
export function stateOf(action: Action, target: Target, { clock }: Pick<Tenant, "clock">): State {
  const { mode } = action.pace;
  const elapsed =
    mode === "hand"
      ? (target.moves ?? 0)
      : (mode === "reads" ? action.reads : clock.now() - action.at) - (target.since ?? 0);
  return stateAt(target.course, elapsed, action.pace);
}

/** Whether every target has come to its end. */
export const isDone = (action: Action, tenant: Pick<Tenant, "clock">): boolean =>
  action.targets.every((target) => isTerminal(stateOf(action, target, tenant)));
