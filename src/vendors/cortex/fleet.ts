import type { Faker } from "../../core/faker.ts";
import type { Tenant } from "../../core/tenant.ts";
import { incidentsOn } from "./fleet-incidents.ts";
import { addIncident } from "./seed-incidents.ts";
import { type Endpoint, endpoints } from "./state.ts";

const SYSTEMS = [
  { os: "WINDOWS", osVersion: "10.0.22631" },
  { os: "WINDOWS", osVersion: "10.0.19045" },
  { os: "LINUX", osVersion: "Ubuntu 22.04" },
  { os: "MAC", osVersion: "14.5" },
] as const;

/** Most machines of a real fleet are online; some are always lost. */
const STATUSES = ["CONNECTED", "CONNECTED", "CONNECTED", "DISCONNECTED", "LOST"] as const;

/** Generates endpoints. Returns a function that adds them to an inventory. */
export function enlarge(faker: Faker, machines: number, from: number): (tenant: Tenant) => void {
  const all: Endpoint[] = [];
  // Generating one name takes as long as the rest of a machine, so names are reused.
  const users = Array.from({ length: Math.ceil(machines / 4) }, () =>
    faker.internet.username().toLowerCase(),
  );
  const groups = Array.from({ length: Math.ceil(machines / 10) }, () => [
    faker.commerce.department(),
  ]);
  for (let made = from; made < from + machines; made++) {
    const user = faker.helpers.arrayElement(users);
    const { os, osVersion } = faker.helpers.arrayElement(SYSTEMS);
    const endpoint: Endpoint = {
      os,
      osVersion,
      id: faker.string.hexadecimal({ length: 32, prefix: "", casing: "lower" }),
      name: `ws-${user}-${made}`,
      type: faker.helpers.arrayElement(["SERVER", "WORKSTATION", "WORKSTATION"]),
      status: faker.helpers.arrayElement(STATUSES),
      agentVersion: faker.helpers.arrayElement(["8.5.0.1250", "8.3.1.4410", "7.9.2.2211"]),
      ip: [faker.internet.ipv4({ network: "private-a" })],
      mac: [faker.internet.mac()],
      users: [user],
      domain: os === "WINDOWS" ? "CORP" : "",
      groups: faker.helpers.arrayElement(groups),
    };
    all.push(endpoint);
  }
  const seeds = incidentsOn(faker, all, from);
  return (tenant) => {
    for (const endpoint of all) tenant.store.put(endpoints, endpoint);
    for (const seed of seeds) addIncident(seed, tenant);
  };
}
