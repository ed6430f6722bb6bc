import { StoreError } from "../../core/errors.ts";

/** Redis has removed something. What is left is not shown, because it may be wrong. */
const lostPart = (what: string, remedy: string): StoreError =>
  new StoreError(
    `The store has lost ${what}: ${remedy}, and see that Redis does not evict keys (maxmemory-policy noeviction).`,
  );

export const lost = (name: string): StoreError =>
  lostPart(
    `a part of tenant "${name}"`,
    name === "default" ? "empty the store" : "delete the tenant",
  );

export const listLost = (): StoreError => lostPart("its list of tenants", "empty it");

export const otherSettings = (name: string): StoreError =>
  new StoreError(
    `The store has a tenant "${name}" with other settings: start this server with the same settings, or with another store.`,
  );

/** The tenant was deleted by another server. One with the same name may be there now. */
export class Deleted extends Error {}
