import { KitError } from "../errors.ts";
import { differences, type Subject } from "../journal/where.ts";
import { createRandom, type RandomState } from "../random.ts";
import type { Fault, FaultRule } from "./fault.ts";

/** A rule in force, and what it did so far. */
export interface LiveRule extends FaultRule {
  readonly id: string;
  /** Calls that it fits, struck or not. */
  readonly matched: number;
  readonly struck: number;
}

/** A fault on its way to a call. */
export interface Strike {
  /** The rule's id. */
  readonly rule: string;
  readonly fault: Fault;
  readonly delayMs: number;
}

/** A call, as rules see it. */
export interface StruckCall {
  readonly vendor: string | undefined;
  readonly operation: string | undefined;
  readonly subject: () => Subject;
}

/** A tenant's fault rules, in the order they were added: of those that fit a call, the first one left strikes. */
export interface Faults {
  /** Throws a KitError where a rule has that id already. */
  add(rule: FaultRule): LiveRule;
  list(): readonly LiveRule[];
  /** False where there is no such rule. */
  remove(id: string): boolean;
  /** No rules but these, counting from the beginning. */
  reset(rules?: readonly FaultRule[]): void;
  /** Counts a call, and answers what strikes it. */
  strike(call: StruckCall): Strike | undefined;
  state(): FaultsState;
  restore(state: FaultsState): void;
}

/** Rules, what they did, and the chance they go by, as JSON. */
export interface FaultsState {
  readonly rules: readonly LiveRule[];
  /** How many ids were made up. */
  readonly ids: number;
  readonly random: RandomState;
}

export function createFaults(seed: string): Faults {
  let rules: readonly LiveRule[] = [];
  let ids = 0;
  // Of its own, so that a rule with a chance changes no id that the tenant gives out.
  const random = createRandom(seed);
  const untouched = random.state();

  const isTaken = (id: string): boolean => rules.some((rule) => rule.id === id);

  const freeId = (): string => {
    const id = `fault-${++ids}`;
    return isTaken(id) ? freeId() : id;
  };

  const add = (rule: FaultRule): LiveRule => {
    const live: LiveRule = { ...rule, id: rule.id ?? freeId(), matched: 0, struck: 0 };
    if (isTaken(live.id)) throw new KitError(`There is a fault rule "${live.id}" already.`);
    rules = [...rules, live];
    return live;
  };

  const isDue = ({ nth, times = nth === undefined ? Infinity : 1, ...rule }: LiveRule): boolean =>
    rule.matched >= (nth ?? 1) &&
    rule.struck < times &&
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
      rules = left;
      return found;
    },
    reset: (initial = []) => {
      rules = [];
      ids = 0;
      random.restore(untouched);
      for (const rule of initial) add(rule);
    },
    strike: (call) => {
      if (rules.length === 0) return undefined;
      let strike: Strike | undefined;
      rules = rules.map((rule) => {
        if (!fits(rule, call)) return rule;
        const counted = { ...rule, matched: rule.matched + 1 };
        if (strike || !isDue(counted)) return counted;
        strike = { rule: rule.id, fault: rule.fault, delayMs: delayOf(rule.fault) };
        return { ...counted, struck: rule.struck + 1 };
      });
      return strike;
    },
    state: () => ({ rules, ids, random: random.state() }),
    restore: (state) => {
      ({ rules, ids } = state);
      random.restore(state.random);
    },
  };
}

function fits({ vendor, operation, where, fault }: FaultRule, call: StruckCall): boolean {
  return (
    // A path that is no operation is refused for that, and documents no other refusal.
    (fault.kind !== "refusal" || call.operation !== undefined) &&
    (vendor === undefined || vendor === call.vendor) &&
    (operation === undefined || operation === call.operation) &&
    (where === undefined || differences(where, call.subject()).length === 0)
  );
}
