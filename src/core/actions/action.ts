import { isoTime } from "../clock.ts";
import { KitError } from "../errors.ts";
import type { Shape } from "../shape.ts";
import type { Tenant, TenantSettings } from "../tenant.ts";
import {
  isLegal,
  type Lifecycle,
  lifecycles,
  nextOf,
  type Pace,
  STATES,
  type State,
  stagesOf,
  stateAt,
} from "./progress.ts";

/** What a client asked a vendor to do on targets. Each target is a small state machine. */
export interface Action {
  readonly id: string;
  /** The vendor's name for what is done. */
  readonly kind: string;
  /** When it was created, in milliseconds of the tenant's time. */
  readonly at: number;
  /** How many status calls there were. */
  readonly polls: number;
  readonly pace: Pace;
  readonly targets: readonly ActionTarget[];
}

export interface ActionTarget {
  readonly id: string;
  readonly lifecycle: Lifecycle;
  /** When the lifecycle began, in the unit of `elapsed`. Missing if it began with the action. */
  readonly since?: number;
  /** The state that the control API set. From then on nothing else moves the target. */
  readonly put?: State;
}

/** The longest duration of a state that settings allow: a year, in milliseconds. */
const LONGEST = 31_536_000_000;

/** The shape of every action, with a vendor's own members. */
export const actionShape = (
  members: Readonly<Record<string, Shape>> = {},
  optional: Readonly<Record<string, Shape>> = {},
  ofTargets: Readonly<Record<string, Shape>> = {},
  optionalOfTargets: Readonly<Record<string, Shape>> = {},
): Shape => ({
  members: {
    id: "text",
    kind: "text",
    at: "moment",
    polls: "count",
    pace: {
      members: {
        mode: { oneOf: ["time", "polls", "manual"] },
        step: { upTo: LONGEST },
        timeout: { upTo: LONGEST },
        expiry: { upTo: LONGEST },
      },
    },
    targets: {
      list: {
        members: { id: "text", lifecycle: { oneOf: lifecycles }, ...ofTargets },
        optional: { since: { upTo: 100 * LONGEST }, put: { oneOf: STATES }, ...optionalOfTargets },
      },
    },
    ...members,
  },
  optional,
});

const paces = new WeakMap<TenantSettings, Pace>();

/** How fast the tenant's next action advances. All actions share one object, because a tenant may hold a million. */
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

/** The current state of one target. It is computed, never stored: no timer advances an action. */
export function stateOf(
  action: Action,
  target: ActionTarget,
  tenant: Pick<Tenant, "clock">,
): State {
  if (target.put) return target.put;
  const since = target.since ?? 0;
  const gone = action.pace.mode === "manual" ? 0 : elapsed(action, tenant) - since;
  return stateAt(target.lifecycle, gone, action.pace);
}

/** A state that a target passes through. `at` says when it begins (ISO 8601), if only time moves the target. */
export interface Step {
  readonly state: State;
  readonly at?: string;
}

/** The states that a target passes through, including a state that was set by hand. */
export function stepsOf({ at, pace }: Action, { lifecycle, since = 0, put }: ActionTarget): Step[] {
  const isTimed = pace.mode === "time" && put === undefined;
  const steps: Step[] = stagesOf(lifecycle, pace).map(({ state, from }) =>
    isTimed ? { state, at: isoTime(at + since + from) } : { state },
  );
  return put === undefined || steps.some(({ state }) => state === put)
    ? steps
    : [...steps.slice(0, -1), { state: put }];
}

/** How far an action is, in milliseconds or status calls. The first status call still shows the first state. */
function elapsed({ at, polls, pace }: Action, { clock }: Pick<Tenant, "clock">): number {
  return pace.mode === "polls" ? Math.max(0, polls - 1) : clock.now() - at;
}

/** Returns the target with another lifecycle, which begins now. */
export const divert = <Kind extends ActionTarget>(
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
 * Returns the action with targets moved to the state `to`, or to the next state of their lifecycle. Moves the target
 * `only`, or else every target that can make the step. Throws a KitError if none can.
 */
export function move<Kind extends Action>(
  action: Kind,
  tenant: Pick<Tenant, "clock">,
  to?: State,
  only?: string,
): Kind {
  const chosen = action.targets.filter(({ id }) => only === undefined || id === only);
  if (chosen.length === 0) throw new KitError(`Action ${action.id} has no target ${only}.`);
  const steps = new Map<ActionTarget, State>();
  for (const target of chosen) {
    const from = stateOf(action, target, tenant);
    const put = to ?? nextOf(target.lifecycle, from);
    if (put && isLegal(from, put)) steps.set(target, put);
  }
  if (steps.size === 0) {
    const where = chosen.map((target) => `${target.id} is ${stateOf(action, target, tenant)}`);
    const what = to ? `become ${to}` : "advance";
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
