import { VendorError } from "../../core/errors.ts";
import type { InventoryRow } from "../../core/inventory.ts";
import { json } from "../../core/reply.ts";
import type { Call, Operation } from "../../core/vendor.ts";
import type { OnTenant } from "./on-tenant.ts";

/** The operations on the inventories of a tenant. */
export function inventoryOperations({ onTenant }: OnTenant): Record<string, Operation> {
  return {
    listInventory: onTenant(({ inventory }, call) =>
      json({ rows: inventory.list(...kindIn(call)) }),
    ),
    addToInventory: onTenant(async ({ inventory }, call) =>
      json(await inventory.put(...kindIn(call), call.body as InventoryRow), { status: 201 }),
    ),
    removeFromInventory: onTenant(({ inventory }, call) => {
      const id = call.params["id"] ?? "";
      if (inventory.remove(...kindIn(call), id)) return json({ removed: [id] });
      throw new VendorError({ kind: "not-found", what: call.params["kind"] ?? "", id });
    }),
  };
}

const kindIn = ({ params }: Call): [vendor: string, kind: string] => [
  params["vendor"] ?? "",
  params["kind"] ?? "",
];
