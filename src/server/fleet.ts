import type { Faker } from "../core/faker.ts";
import { createRandom } from "../core/random.ts";
import type { Tenant, TenantSettings } from "../core/tenant.ts";
import type { Vendor } from "../core/vendor.ts";

/** Puts a vendor's generated machines into a tenant, in pieces. */
export type Fleet = (tenant: Tenant, vendor: Vendor) => Iterable<unknown>;

/** Generated machines must not depend on today's date. */
const FLEET_DATE = "2025-11-01T00:00:00Z";
/** How many machines are one piece: a few milliseconds of work. */
const AT_ONCE = 200;

/**
 * The fleet of a tenant. What was generated is kept for the next reset. faker is loaded only for a tenant with a fleet:
 * it takes longer to load than the rest of the server.
 */
export async function fleetOf({ fleet }: TenantSettings): Promise<Fleet | undefined> {
  if (fleet === 0) return undefined;
  const { faker } = await import("@faker-js/faker/locale/en");
  const made = new Map<string, (tenant: Tenant) => void>();
  return function* (tenant, vendor) {
    const start = tenant.random.next();
    for (let from = 0; from < fleet; from += AT_ONCE) {
      const key = `${vendor.name} ${from}`;
      let put = made.get(key);
      if (!put) {
        // Each piece has its own seed, so that two fleets can be generated at the same time with one faker.
        const seed = (start + from) >>> 0;
        faker.seed(seed);
        faker.setDefaultRefDate(FLEET_DATE);
        put = vendor.enlarge(quick(faker, seed), Math.min(AT_ONCE, fleet - from), from);
        made.set(key, put);
      }
      put(tenant);
      yield;
    }
  };
}

/** Names come from faker. It takes five times as long for the rest as our own random source. */
function quick({ commerce, internet }: Faker, seed: number): Faker {
  const random = createRandom(String(seed));
  const upTo = (most: number): number => random.integer(0, most);
  return {
    commerce,
    datatype: { boolean: ({ probability }) => random.next() < probability * 2 ** 32 },
    helpers: { arrayElement: (list) => list[upTo(list.length - 1)] as (typeof list)[number] },
    internet: {
      domainWord: () => internet.domainWord(),
      username: () => internet.username(),
      ipv4: () => `10.${upTo(255)}.${upTo(255)}.${upTo(255)}`,
      mac: () => {
        const digits = random.hex(12);
        const pairs = [0, 2, 4, 6, 8, 10].map((at) => digits.slice(at, at + 2));
        return pairs.join(":");
      },
    },
    string: { hexadecimal: ({ length, prefix }) => prefix + random.hex(length), uuid: random.uuid },
  };
}
