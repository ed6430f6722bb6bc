/** Where one target of an action stands, in no vendor's words. */
export type State =
  | "pending"
  | "running"
  | "aborting"
  | "succeeded"
  | "partial"
  | "failed"
  | "timed-out"
  | "expired"
  | "cancelled"
  | "aborted";

/** How a tenant's actions move: with its clock, with every status call, or only when the control API says so. */
export type ProgressMode = "time" | "polls" | "manual";

/** How long the three lengths of a lifecycle last, in milliseconds (`time`) or status calls (`polls`). */
export interface Pace {
  readonly mode: ProgressMode;
  readonly step: number;
  readonly timeout: number;
  readonly expiry: number;
}

/** How a target's way will go; named after its end. */
export type Lifecycle =
  | "completes"
  | "fails"
  | "file-absent"
  | "partial"
  | "times-out"
  | "expires"
  | "stays-pending"
  | "stuck"
  | "is-cancelled"
  | "is-aborted"
  | "aborts";

type Stage = readonly [state: State, lasts?: "step" | "timeout" | "expiry"];

/** The states a target passes through, and how long it stays in each; the last one it keeps. */
const COURSES: Readonly<Record<Lifecycle, readonly Stage[]>> = {
  completes: [["pending", "step"], ["running", "step"], ["succeeded"]],
  fails: [["pending", "step"], ["running", "step"], ["failed"]],
  "file-absent": [["pending", "step"], ["running", "step"], ["failed"]],
  partial: [["pending", "step"], ["running", "step"], ["partial"]],
  "times-out": [["pending", "step"], ["running", "timeout"], ["timed-out"]],
  expires: [["pending", "expiry"], ["expired"]],
  "stays-pending": [["pending"]],
  stuck: [["pending", "step"], ["running"]],
  "is-cancelled": [["pending", "step"], ["cancelled"]],
  "is-aborted": [["pending", "step"], ["aborting", "step"], ["aborted"]],
  aborts: [["aborting", "step"], ["aborted"]],
};

export const lifecycles: readonly Lifecycle[] = Object.keys(COURSES) as Lifecycle[];

const MOVING: ReadonlySet<State> = new Set(["pending", "running", "aborting"]);

/** A terminal state is never left. */
export const isTerminal = (state: State): boolean => !MOVING.has(state);

const NEXT: Readonly<Record<State, readonly State[]>> = {
  pending: ["running", "aborting", "expired", "cancelled", "failed"],
  running: ["aborting", "succeeded", "partial", "failed", "timed-out"],
  aborting: ["aborted"],
  succeeded: [],
  partial: [],
  failed: [],
  "timed-out": [],
  expired: [],
  cancelled: [],
  aborted: [],
};

/** Whether a target may go from one state straight to the other. */
export const isLegal = (from: State, to: State): boolean => NEXT[from].includes(to);

/** The state that follows on a lifecycle, or nothing at its end. */
export function nextOf(lifecycle: Lifecycle, state: State): State | undefined {
  const stages = COURSES[lifecycle];
  return stages[stages.findIndex(([name]) => name === state) + 1]?.[0];
}

/** The state of a target `elapsed` units (milliseconds, or status calls) into its lifecycle. */
export function stateAt(lifecycle: Lifecycle, elapsed: number, pace: Pace): State {
  let left = elapsed;
  for (const [state, length] of COURSES[lifecycle]) {
    if (length === undefined) return state;
    if (left < pace[length]) return state;
    left -= pace[length];
  }
  return last(lifecycle);
}

/** The states of a lifecycle, and how far into it each one begins (milliseconds, or status calls). */
export function stagesOf(lifecycle: Lifecycle, pace: Pace): { state: State; from: number }[] {
  let from = 0;
  return COURSES[lifecycle].map(([state, length]) => {
    const stage = { state, from };
    if (length !== undefined) from += pace[length];
    return stage;
  });
}

/** The state a lifecycle ends in, or stays in. */
export function last(lifecycle: Lifecycle): State {
  return (COURSES[lifecycle].at(-1) as Stage)[0];
}
