import type { Scenario } from "../../core/scenario.ts";
import type { Tenant } from "../../core/tenant.ts";
import { createAction } from "./actions.ts";
import { incidentScenarios } from "./incident-scenarios.ts";
import { keysOf } from "./keys.ts";
import { actions, demoted, type Endpoint, endpoints, triggers } from "./state.ts";

/** Agent versions that are too old for isolation. */
const OUTDATED: Readonly<Record<Endpoint["os"], string>> = {
  WINDOWS: "5.0.12.22834",
  LINUX: "7.6.2.1830",
  MAC: "7.2.3.4126",
};

/** More than two calls take. */
const NUMBERED = 2500;

/** The id of a numbered endpoint, from 1. */
export const numbered = (number: number): string => String(number).padStart(32, "0");

/** The file of the scenario `file-in-quarantine`. */
export const QUARANTINED: { readonly path: string; readonly hash: string } = {
  path: "C:\\Users\\Public\\test_x64.msi",
  hash: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
};

export const scenarios: readonly Scenario[] = [
  {
    name: "numbered-endpoints",
    description: `${NUMBERED} more endpoints, with the ids 1 to ${NUMBERED} in 32 digits`,
    prepare: ({ store }) => {
      for (let number = 1; number <= NUMBERED; number++) store.put(endpoints, workstation(number));
    },
  },
  {
    name: "fleet-offline",
    description:
      "only the reserved endpoints are connected: actions on the others stay pending and expire after a day",
    prepare: (tenant) =>
      change(tenant, (endpoint) =>
        endpoint.status === "CONNECTED" ? { ...endpoint, status: "DISCONNECTED" } : endpoint,
      ),
  },
  {
    name: "outdated-agents",
    description:
      "all agents but the reserved ones are too old to isolate: the action gets stuck or fails, see --old-agent",
    prepare: (tenant) =>
      change(tenant, (endpoint) => ({ ...endpoint, agentVersion: OUTDATED[endpoint.os] })),
  },
  {
    name: "empty-fleet",
    description: "only the reserved endpoints exist",
    prepare: (tenant) => {
      for (const { id } of ordinary(tenant)) tenant.store.delete(endpoints, id);
    },
  },
  {
    name: "file-not-found",
    description: "only the reserved endpoints have the file that a call names",
    prepare: (tenant) => change(tenant, (endpoint) => ({ ...endpoint, files: [] })),
  },
  {
    name: "file-in-quarantine",
    description: `the reserved endpoints have a file in quarantine, with the hash ${QUARANTINED.hash.slice(0, 8)}…`,
    prepare: (tenant) => {
      const held = tenant.store.all(endpoints).filter(({ id }) => triggers.has(id));
      const action = createAction(tenant, "quarantine", held, QUARANTINED);
      const targets = action.targets.map((target) => ({ ...target, put: "succeeded" as const }));
      tenant.store.put(actions, { ...action, targets });
    },
  },
  {
    name: "licence-expired",
    description: "every call gets a 402, until the fault rule licence-expired is removed",
    faults: [
      {
        id: "licence-expired",
        vendor: "cortex",
        fault: { kind: "refusal", refusal: "unlicensed" },
      },
    ],
  },
  {
    name: "no-permission",
    description: "all keys have lost their role: every call gets a 403",
    prepare: (tenant) => {
      for (const id of keysOf(tenant).keys()) tenant.store.put(demoted, { id });
    },
  },
  ...incidentScenarios,
];

/** The endpoints that are not reserved. */
const ordinary = ({ store }: Tenant): Endpoint[] =>
  store.all(endpoints).filter(({ id }) => !triggers.has(id));

function change(tenant: Tenant, changed: (endpoint: Endpoint) => Endpoint): void {
  for (const endpoint of ordinary(tenant)) tenant.store.put(endpoints, changed(endpoint));
}

const workstation = (number: number): Endpoint => ({
  id: numbered(number),
  name: `ws-${number}`,
  type: "WORKSTATION",
  status: "CONNECTED",
  os: "WINDOWS",
  osVersion: "10.0.22631",
  agentVersion: "8.5.0.1250",
  ip: [`10.40.${Math.floor(number / 250)}.${1 + (number % 250)}`],
  mac: [],
  users: [],
  domain: "CORP",
  groups: ["Numbered"],
});
