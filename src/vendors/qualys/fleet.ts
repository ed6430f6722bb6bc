import type { Faker } from "../../core/faker.ts";
import type { Tenant } from "../../core/tenant.ts";
import { type EventSeed, eventOf, events } from "./events.ts";
import { type Asset, assets, startingInventory } from "./state.ts";

/** Agents above and below the minimum versions. */
const AGENTS = [
  { platform: "WINDOWS", agentVersion: "5.8.1.12" },
  { platform: "WINDOWS", agentVersion: "4.8.0.28" },
  { platform: "LINUX", agentVersion: "7.1.0.35" },
  { platform: "LINUX", agentVersion: "5.5.25.0" },
  { platform: "MAC", agentVersion: "6.1.0.20" },
] as const;

/** The events of a fleet lie in the last 30 days, a prime number of seconds apart. */
const SECONDS = 30 * 86_400;
const APART = 7919;

/** The members in which an event differs from the one that it copies. */
type Own = Pick<EventSeed, "agentId" | "secondsAgo" | "serial" | "series">;

/**
 * Generates assets, each with a copy of an event from a fixture host on the same platform. Returns a function that adds
 * them to an inventory.
 */
export function enlarge(faker: Faker, machines: number, from: number): (tenant: Tenant) => void {
  const all: { readonly asset: Asset; readonly seen: EventSeed; readonly own: Own }[] = [];
  // Generating one name takes as long as the rest of a machine, so names are reused.
  const words = Array.from({ length: Math.ceil(machines / 4) }, () => faker.internet.domainWord());
  for (let made = from; made < from + machines; made++) {
    const ipAddress = faker.internet.ipv4({ network: "private-a" });
    const { platform, agentVersion } = faker.helpers.arrayElement(AGENTS);
    const asset: Asset = {
      platform,
      agentVersion,
      agentId: faker.string.uuid(),
      hostName: `${faker.helpers.arrayElement(words)}-${made}`,
      online: faker.datatype.boolean({ probability: 0.8 }),
      interfaces: [
        {
          interfaceName: "eth0",
          macAddress: faker.internet.mac(),
          gatewayAddress: `${ipAddress.slice(0, ipAddress.lastIndexOf("."))}.1`,
          ipAddress,
        },
      ],
    };
    const series = faker.string.uuid();
    const own: Own = {
      agentId: asset.agentId,
      secondsAgo: 60 + ((APART * made) % SECONDS),
      serial: BigInt(
        faker.string.hexadecimal({ length: 15, prefix: "0x", casing: "lower" }),
      ).toString(),
      // Version 3, as recorded.
      series: `${series.slice(0, 14)}3${series.slice(15)}`,
    };
    all.push({ asset, seen: faker.helpers.arrayElement(seenOn(platform)), own });
  }
  return ({ store, clock }) => {
    for (const { asset, seen, own } of all) {
      store.put(assets, asset);
      store.put(events, eventOf({ ...seen, ...own }, clock.now()));
    }
  };
}

const seen = new Map<Asset["platform"], readonly EventSeed[]>();

/** The same for every asset of a platform. */
function seenOn(platform: Asset["platform"]): readonly EventSeed[] {
  const found = seen.get(platform) ?? eventsOn(platform);
  seen.set(platform, found);
  return found;
}

const eventsOn = (platform: Asset["platform"]): readonly EventSeed[] => {
  const known = startingInventory();
  const hosts = known.assets.filter((asset) => asset.platform === platform);
  return known.events.filter(({ agentId }) => hosts.some((host) => host.agentId === agentId));
};
