import { createRandom } from "../core/random.ts";
import type { Tenant, TenantSettings } from "../core/tenant.ts";
import { timers } from "../core/timers.ts";
import type { Vendor } from "../core/vendor.ts";

/** Puts a vendor's generated machines into a tenant. */
export type Fleet = (tenant: Tenant, vendor: Vendor) => void;

/** Generated machines must not depend on today's date. */
const FLEET_DATE = "2025-11-01T00:00:00Z";
/** How many machines are generated before the event loop handles other work. */
const AT_ONCE = 200;

/** Puts some machines into a tenant. */
type Piece = (tenant: Tenant) => void;
type SeededFaker = typeof import("@faker-js/faker/locale/en").faker;

/**
 * Generates the fleet of a tenant before the tenant exists, in pieces that do not block the event loop. A reset uses it
 * again. faker is loaded only for a tenant with a fleet: it takes longer to load than the rest of the server.
 */
export async function fleetOf(
  { fleet, seed }: TenantSettings,
  name: string,
  vendors: readonly Vendor[],
): Promise<Fleet | undefined> {
  if (fleet === 0) return undefined;
  const { faker } = await import("@faker-js/faker/locale/en");
  const made = new Map<string, readonly Piece[]>();
  const keyOf = (vendor: Vendor, start: number): string => `${vendor.name} ${start}`;
  // The same sequence as the tenant's own random source.
  const random = createRandom(`${seed}/${name}`);
  for (const vendor of vendors) {
    const start = random.next();
    const pieces: Piece[] = [];
    for (const piece of piecesOf(vendor, faker, start, fleet)) {
      pieces.push(piece);
      await new Promise<void>((resolve) => void timers.setImmediate(resolve));
    }
    made.set(keyOf(vendor, start), pieces);
  }
  return (tenant, vendor) => {
    const start = tenant.random.next();
    const pieces = made.get(keyOf(vendor, start)) ?? piecesOf(vendor, faker, start, fleet);
    for (const put of pieces) put(tenant);
  };
}

/** Each piece has its own seed, so that two fleets can be generated at the same time with one faker. */
function* piecesOf(
  vendor: Vendor,
  faker: SeededFaker,
  start: number,
  fleet: number,
): Generator<Piece> {
  for (let from = 0; from < fleet; from += AT_ONCE) {
    faker.seed((start + from) >>> 0);
    faker.setDefaultRefDate(FLEET_DATE);
    yield vendor.enlarge(faker, Math.min(AT_ONCE, fleet - from), from);
  }
}
