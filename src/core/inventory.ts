import type { Table } from "./store.ts";
import type { Tenant } from "./tenant.ts";

/** A row in the form that the vendor's calls return. */
export type InventoryRow = Readonly<Record<string, unknown>>;

/** One kind of thing in a vendor's inventory, such as its hosts. A test may add rows to it. */
export interface Collection<Row = unknown> {
  readonly table: Table<Row>;
  /** All rows, if there are more than those in the table: such rows follow from others, and cannot be removed. */
  all?(tenant: Tenant): readonly Row[];
  /**
   * Returns the row to store for a row in the vendor's form. Fills in missing members, and changes nothing. Throws a
   * KitError if a member cannot be filled in.
   */
  complete(row: InventoryRow, tenant: Tenant): Row;
  /** The stored row in the form that the vendor's calls return. */
  show(row: Row, tenant: Tenant): InventoryRow;
  /** An operation that returns rows of this kind. Its reply in the vendor's document defines their form. */
  readonly operation: string;
  /** The body of that reply with only this row. */
  reply(shown: InventoryRow, tenant: Tenant): unknown;
  /** Stores the row with all that belongs to it. By default, only the table gets it. */
  insert?(row: Row, tenant: Tenant): void;
}

/** Infers the type of a collection. */
export const collection = <Row>(definition: Collection<Row>): Collection =>
  definition as Collection;
