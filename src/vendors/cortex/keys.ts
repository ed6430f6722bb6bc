import type { Tenant } from "../../core/tenant.ts";

/** An API key of a tenant. */
export interface Key {
  readonly id: string;
  readonly key: string;
  readonly advanced: boolean;
  readonly standing: "good" | "unlicensed" | "forbidden" | "revoked";
}

const PURPOSES = {
  good: "standard key",
  unlicensed: "no licence (402)",
  forbidden: "no permission (403)",
  revoked: "revoked (401)",
} as const;

/** The purpose of a key. For each standing there is a standard and an advanced key. */
export function purposeOf({ advanced, standing }: Pick<Key, "advanced" | "standing">): string {
  if (standing === "good") return advanced ? "advanced key" : PURPOSES.good;
  return advanced ? advancedTwin(PURPOSES[standing]) : PURPOSES[standing];
}

/** The purpose of the advanced key with the same standing as this standard key. */
export const advancedTwin = (purpose: string): string =>
  purpose === PURPOSES.good ? "advanced key" : `advanced key, ${purpose}`;

const known = new WeakMap<Tenant, ReadonlyMap<string, Key>>();

/** A tenant's keys, by id. They are derived from its name and number, so they are not state and not in snapshots. */
export function keysOf(tenant: Tenant): ReadonlyMap<string, Key> {
  const made = known.get(tenant);
  if (made) return made;
  const keys = new Map(make(tenant).map((key) => [key.id, key]));
  known.set(tenant, keys);
  return keys;
}

function make({ name, number }: Tenant): Key[] {
  const own = name === "default" ? "fauxdr" : name;
  const key = (digit: number, word: string, rest: Partial<Key> = {}): Key => ({
    id: String(number * 10 + digit),
    key: `${own}-${word}-key`,
    advanced: false,
    standing: "good",
    ...rest,
  });
  return [
    key(1, "standard"),
    key(2, "advanced", { advanced: true }),
    key(3, "unlicensed", { standing: "unlicensed" }),
    key(4, "viewer", { standing: "forbidden" }),
    key(5, "revoked", { standing: "revoked" }),
    key(6, "unlicensed-advanced", { advanced: true, standing: "unlicensed" }),
    key(7, "viewer-advanced", { advanced: true, standing: "forbidden" }),
    key(8, "revoked-advanced", { advanced: true, standing: "revoked" }),
  ];
}
