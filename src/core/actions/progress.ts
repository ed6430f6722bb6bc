/** The state of one target of an action, the same words for every vendor. */
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

export const STATES: readonly State[] = [
  "pending",
  "running",
  "aborting",
  "succeeded",
  "partial",
  "failed",
  "timed-out",
  "expired",
  "cancelled",
  "aborted",
];

/** What advances a tenant's actions: its clock, status calls, or only the control API. */
export type ProgressMode = "time" | "polls" | "manual";

/** The three lengths that lifecycles use, in milliseconds (`time`) or status calls (`polls`). */
export interface Pace {
  readonly mode: ProgressMode;
  readonly step: number;
  readonly timeout: number;
  readonly expiry: number;
}

/** The states that a target will pass through. Named after the last one. */
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

/** The states of each lifecycle, and how long each lasts. A state without a length is never left. */
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

/** The state that follows in a lifecycle. Undefined at its end. */
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

/** The states of a lifecycle, and when each begins (milliseconds, or status calls). */
export function stagesOf(lifecycle: Lifecycle, pace: Pace): { state: State; from: number }[] {
  let from = 0;
  return COURSES[lifecycle].map(([state, length]) => {
    const stage = { state, from };
    if (length !== undefined) from += pace[length];
    return stage;
  });
}

/** The last state of a lifecycle. */
export function last(lifecycle: Lifecycle): State {
  return (COURSES[lifecycle].at(-1) as Stage)[0];
}
