import { KitError } from "../core/errors.ts";
import type { Collection, InventoryRow } from "../core/inventory.ts";
import { json } from "../core/reply.ts";
import type { Tenant } from "../core/tenant.ts";
import type { Vendor } from "../core/vendor.ts";
import { loadApi } from "./spec/api.ts";

/** A tenant's hosts, events and the like. Rows have the form that the vendor's calls return. */
export interface Inventory {
  /** Throws a KitError that lists the known kinds. */
  list(vendor: string, kind: string): readonly InventoryRow[];
  /**
   * Adds a row, or replaces the row with the same id. Fills in missing members, and returns the row as the vendor's
   * calls now return it. Rejects with a KitError, and changes nothing, if the vendor's document does not allow the row.
   */
  put(vendor: string, kind: string, row: InventoryRow): Promise<InventoryRow>;
  /** False if there is no such row. */
  remove(vendor: string, kind: string, id: string): boolean;
}

export function inventoryOf(tenant: Tenant, vendors: readonly Vendor[]): Inventory {
  const { store, settings } = tenant;
  const find = (vendorName: string, kind: string): { vendor: Vendor; rows: Collection } => {
    const vendor = vendors.find(({ name }) => name === vendorName);
    if (!vendor) {
      const names = vendors.map(({ name }) => name).join(", ");
      throw new KitError(`There is no vendor ${JSON.stringify(vendorName)}; there are: ${names}.`);
    }
    const { inventory } = vendor;
    const rows = Object.hasOwn(inventory, kind) ? inventory[kind] : undefined;
    if (rows) return { vendor, rows };
    const kinds = Object.keys(inventory).join(", ") || "none";
    throw new KitError(
      `${vendorName} has no inventory of ${JSON.stringify(kind)}; it has: ${kinds}.`,
    );
  };
  return {
    list: (vendorName, kind) => {
      const { rows } = find(vendorName, kind);
      const all = rows.all?.(tenant) ?? store.all(rows.table);
      return all.map((row) => rows.show(row, tenant));
    },
    put: async (vendorName, kind, given) => {
      const { vendor, rows } = find(vendorName, kind);
      if (typeof given !== "object" || given === null || Array.isArray(given)) {
        throw new KitError(`A row of ${vendorName} ${kind} must be an object.`);
      }
      const api = await loadApi(vendor, settings);
      const row = rows.complete(given, tenant);
      const shown = rows.show(row, tenant);
      const [drift] = api.drifts(rows.operation, json(rows.reply(shown, tenant)));
      if (drift) throw new KitError(`${vendorName} has no such ${kind}: ${drift.what}.`);
      if (rows.insert) rows.insert(row, tenant);
      else store.put(rows.table, row);
      return shown;
    },
    remove: (vendorName, kind, id) => store.delete(find(vendorName, kind).rows.table, id),
  };
}
