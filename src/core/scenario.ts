import { KitError } from "./errors.ts";
import type { FaultRule } from "./faults/fault.ts";
import type { Tenant } from "./tenant.ts";

/** A named state that a tenant starts in: changes to its inventory, faults, or both. */
export interface Scenario {
  readonly name: string;
  readonly description: string;
  /** Changes what is in a tenant that has its inventory already. */
  readonly prepare?: (tenant: Tenant) => void;
  readonly faults?: readonly FaultRule[];
}

/** The scenario of a tenant that is told of none. */
export const ORDINARY = "ordinary";

/** Those that are about the way between client and vendor, whoever the vendor is. */
export const SCENARIOS: readonly Scenario[] = [
  { name: ORDINARY, description: "the inventory as it is, and nothing goes wrong" },
  {
    name: "flaky-gateway",
    description:
      "the second call gets a 503 with Retry-After, the fourth a gateway's HTML page, the sixth a reset after its effect",
    faults: [
      { id: "busy", nth: 2, fault: { kind: "status", status: 503, retryAfterSeconds: 1 } },
      { id: "bad-gateway", nth: 4, fault: { kind: "html-page" } },
      { id: "lost-reply", nth: 6, fault: { kind: "CONNECTION_RESET_BY_PEER", effect: true } },
    ],
  },
  {
    name: "slow-gateway",
    description: "every reply takes two seconds of the tenant's time, and the tenth a minute",
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

/** A scenario and whose part it is; nothing where it is the same for every vendor. */
export interface ScenarioPart extends Scenario {
  readonly vendor?: string;
}

/** Every scenario that there is: the general ones first, then the vendors'. */
export const allScenarios = (vendors: readonly WithScenarios[]): readonly ScenarioPart[] => [
  ...SCENARIOS,
  ...vendors.flatMap(({ name: vendor, scenarios }) =>
    scenarios.map((scenario) => ({ vendor, ...scenario })),
  ),
];

/** All that a name stands for: each vendor has its own part. Throws a KitError where it stands for nothing. */
export function scenarioParts(
  name: string,
  vendors: readonly WithScenarios[],
): readonly Scenario[] {
  const scenarios = allScenarios(vendors);
  const parts = scenarios.filter((scenario) => scenario.name === name);
  if (parts.length > 0) return parts;
  const known = [...new Set(scenarios.map((scenario) => scenario.name))];
  throw new KitError(`There is no scenario "${name}": ${known.join(", ")}.`);
}
