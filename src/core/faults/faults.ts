import { KitError } from "../errors.ts";
import { differences, type Subject } from "../journal/where.ts";
import { createRandom, type RandomState } from "../random.ts";
import type { Fault, FaultRule } from "./fault.ts";

/** An active rule with its counts. */
export interface LiveRule extends FaultRule {
  readonly id: string;
  /** How many calls matched it, whether its fault was applied or not. */
  readonly matched: number;
  /** How many calls its fault was applied to. */
  readonly applied: number;
}

/** The fault that applies to one call. */
export interface AppliedFault {
  /** The rule's id. */
  readonly rule: string;
  readonly fault: Fault;
  readonly delayMs: number;
}

/** A call, as rules see it. */
export interface FaultableCall {
  readonly vendor: string | undefined;
  readonly operation: string | undefined;
  /** Asked for once at most, and only if a rule has conditions. */
  readonly subject: () => Subject;
}

/** A tenant's fault rules, in the order they were added. The first matching rule with uses remaining applies. */
export interface Faults {
  /** Throws a KitError if another rule has that id. */
  add(rule: FaultRule): LiveRule;
  list(): readonly LiveRule[];
  /** False if there is no such rule. */
  remove(id: string): boolean;
  /** Replaces all rules with these, and starts counting from zero. */
  reset(rules?: readonly FaultRule[]): void;
  /** Counts a call, and returns the fault that applies to it. */
  apply(call: FaultableCall): AppliedFault | undefined;
  state(): FaultsState;
  restore(state: FaultsState): void;
}

/** The rules with their counts, and the state of the random source, as JSON. */
export interface FaultsState {
  readonly rules: readonly LiveRule[];
  /** How many ids were generated. */
  readonly ids: number;
  readonly random: RandomState;
}

/** Every call may be compared with every rule. */
const MOST_RULES = 1000;

export function createFaults(seed: string): Faults {
  let rules: readonly LiveRule[] = [];
  let ids = 0;
  /** The places of the rules that a vendor's operation may match. Recomputed when the rules change. */
  const places = new Map<string, readonly number[]>();
  // Separate from the tenant's, so that a rule with a probability does not change the ids that the tenant generates.
  const random = createRandom(seed);
  const untouched = random.state();

  const replace = (all: readonly LiveRule[]): void => {
    rules = all;
    places.clear();
  };

  /** With many rules, comparing each with every call would cost more than answering it. */
  const placesOf = (call: FaultableCall): readonly number[] => {
    const key = `${call.vendor} ${call.operation}`;
    const found = places.get(key) ?? [...rules.keys()].filter((at) => isFor(rules[at], call));
    places.set(key, found);
    return found;
  };

  const isTaken = (id: string): boolean => rules.some((rule) => rule.id === id);

  const freeId = (): string => {
    const id = `fault-${++ids}`;
    return isTaken(id) ? freeId() : id;
  };

  const add = (rule: FaultRule): LiveRule => {
    if (rules.length >= MOST_RULES) {
      throw new KitError(`There are ${MOST_RULES} fault rules already: remove one first.`);
    }
    const live: LiveRule = { ...rule, id: rule.id ?? freeId(), matched: 0, applied: 0 };
    if (isTaken(live.id))
      throw new KitError(`A fault rule "${live.id}" already exists: choose another id.`);
    replace([...rules, live]);
    return live;
  };

  const isDue = ({ nth, times = nth === undefined ? Infinity : 1, ...rule }: LiveRule): boolean =>
    rule.matched >= (nth ?? 1) &&
    rule.applied < times &&
    (rule.probability === undefined || chance() < rule.probability);

  const chance = (): number => random.next() / 2 ** 32;

  const delayOf = ({ delayMs = 0 }: Fault): number =>
    typeof delayMs === "number"
      ? delayMs
      : random.integer(Math.round(delayMs[0]), Math.round(delayMs[1]));

  return {
    add,
    list: () => rules,
    remove: (id) => {
      const left = rules.filter((rule) => rule.id !== id);
      const found = left.length < rules.length;
      replace(left);
      return found;
    },
    reset: (initial = []) => {
      replace([]);
      ids = 0;
      random.restore(untouched);
      for (const rule of initial) add(rule);
    },
    apply: (call) => {
      if (rules.length === 0) return undefined;
      let applied: AppliedFault | undefined;
      let subject: Subject | undefined;
      const counted = [...rules];
      for (const place of placesOf(call)) {
        const rule = rules[place] as LiveRule;
        if (rule.where) {
          subject ??= call.subject();
          if (differences(rule.where, subject).length > 0) continue;
        }
        const matched = { ...rule, matched: rule.matched + 1 };
        const isApplied = !applied && isDue(matched);
        counted[place] = isApplied ? { ...matched, applied: rule.applied + 1 } : matched;
        if (isApplied) {
          applied = { rule: rule.id, fault: rule.fault, delayMs: delayOf(rule.fault) };
        }
      }
      rules = counted;
      return applied;
    },
    state: () => ({ rules, ids, random: random.state() }),
    restore: (state) => {
      replace(state.rules);
      ids = state.ids;
      random.restore(state.random);
    },
  };
}

/** Whether a rule may match calls of this operation. */
function isFor(rule: LiveRule | undefined, call: FaultableCall): boolean {
  return (
    rule !== undefined &&
    // For a path that matches no operation, the spec has no other error response.
    (rule.fault.kind !== "refusal" || call.operation !== undefined) &&
    (rule.vendor === undefined || rule.vendor === call.vendor) &&
    (rule.operation === undefined || rule.operation === call.operation)
  );
}
