import { KitError } from "./errors.ts";
import type { FaultRule } from "./faults/fault.ts";
import type { Tenant } from "./tenant.ts";

/** A named starting state of a tenant: changes to its inventory, fault rules, or both. */
export interface Scenario {
  readonly name: string;
  readonly description: string;
  /** Changes the inventory of a new tenant. */
  readonly prepare?: (tenant: Tenant) => void;
  readonly faults?: readonly FaultRule[];
}

/** The default scenario. */
export const ORDINARY = "ordinary";

/** The scenarios for every vendor: failures between client and vendor. */
export const SCENARIOS: readonly Scenario[] = [
  { name: ORDINARY, description: "the inventory unchanged, without fault rules" },
  {
    name: "flaky-gateway",
    description:
      "the second call gets a 503 with Retry-After, the fourth an HTML page, the sixth a reset after it took effect",
    faults: [
      { id: "busy", nth: 2, fault: { kind: "status", status: 503, retryAfterSeconds: 1 } },
      { id: "bad-gateway", nth: 4, fault: { kind: "html-page" } },
      { id: "lost-reply", nth: 6, fault: { kind: "CONNECTION_RESET_BY_PEER", effect: true } },
    ],
  },
  {
    name: "slow-gateway",
    description: "every reply takes two seconds of the tenant's time, the tenth takes a minute",
    faults: [
      { id: "minute", nth: 10, fault: { kind: "delay", delayMs: 60_000 } },
      { id: "seconds", fault: { kind: "delay", delayMs: 2_000 } },
    ],
  },
  {
    name: "maintenance",
    description: "every call gets a 503 with an HTML page and Retry-After: 120",
    faults: [
      { id: "maintenance", fault: { kind: "html-page", status: 503, retryAfterSeconds: 120 } },
    ],
  },
];

interface WithScenarios {
  readonly name: string;
  readonly scenarios: readonly Scenario[];
}

/** A scenario and its vendor. Undefined for a scenario of every vendor. */
export interface ScenarioPart extends Scenario {
  readonly vendor?: string;
}

/** All scenarios: the general ones first, then those of the vendors. */
export const allScenarios = (vendors: readonly WithScenarios[]): readonly ScenarioPart[] => [
  ...SCENARIOS,
  ...vendors.flatMap(({ name: vendor, scenarios }) =>
    scenarios.map((scenario) => ({ vendor, ...scenario })),
  ),
];

/** The parts of a named scenario. Each vendor may have its own. Throws a KitError for an unknown name. */
export function scenarioParts(
  name: string,
  vendors: readonly WithScenarios[],
): readonly Scenario[] {
  const scenarios = allScenarios(vendors);
  const parts = scenarios.filter((scenario) => scenario.name === name);
  if (parts.length > 0) return parts;
  const known = [...new Set(scenarios.map((scenario) => scenario.name))];
  throw new KitError(`There is no scenario "${name}": choose from ${known.join(", ")}.`);
}
