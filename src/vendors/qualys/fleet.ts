import type { Faker } from "../../core/faker.ts";
import type { Tenant } from "../../core/tenant.ts";
import { type Asset, assets } from "./state.ts";

/** Agents above and below the minimum versions. */
const AGENTS = [
  { platform: "WINDOWS", agentVersion: "5.8.1.12" },
  { platform: "WINDOWS", agentVersion: "4.8.0.28" },
  { platform: "LINUX", agentVersion: "7.1.0.35" },
  { platform: "LINUX", agentVersion: "5.5.25.0" },
  { platform: "MAC", agentVersion: "6.1.0.20" },
] as const;

/** Adds invented assets to the inventory. */
export function enlarge({ store }: Tenant, faker: Faker, machines: number): void {
  for (let made = 0; made < machines; made++) {
    const ipAddress = faker.internet.ipv4({ network: "private-a" });
    const asset: Asset = {
      ...faker.helpers.arrayElement(AGENTS),
      agentId: faker.string.uuid(),
      hostName: `${faker.internet.domainWord()}-${made}`,
      online: faker.datatype.boolean({ probability: 0.8 }),
      interfaces: [
        {
          interfaceName: "eth0",
          macAddress: faker.internet.mac(),
          gatewayAddress: ipAddress.replace(/\d+$/, "1"),
          ipAddress,
        },
      ],
    };
    store.put(assets, asset);
  }
}
