import type { Table } from "./store.ts";
import type { Tenant } from "./tenant.ts";

/** A row as the vendor's calls show it. */
export type InventoryRow = Readonly<Record<string, unknown>>;

/** One kind of thing in a vendor's inventory, such as its hosts. A test may add rows to it. */
export interface Collection<Row = unknown> {
  readonly table: Table<Row>;
  /**
   * The row to store for one in the vendor's form, with what it leaves out filled in. Changes nothing; throws a KitError
   * for what cannot be filled in.
   */
  complete(row: InventoryRow, tenant: Tenant): Row;
  /** A stored row as the vendor's calls show it. */
  show(row: Row, tenant: Tenant): InventoryRow;
  /** An operation whose reply shows rows of this kind; the vendor's document says what they must be like. */
  readonly operation: string;
  /** The body of that reply if it shows just this row. */
  reply(shown: InventoryRow): unknown;
}

/** Gives a collection its type. */
export const collection = <Row>(definition: Collection<Row>): Collection =>
  definition as Collection;
