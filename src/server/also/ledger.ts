import type { AlsoDocument } from "../../core/also-document.ts";
import { type LedgerRow, ledgerOf } from "../../core/ledger.ts";
import type { Vendor } from "../../core/vendor.ts";
import { definitionOf } from "./definition.ts";

/** The replies of the user's documents to calls of these vendors, in the form of the vendors' ledger. */
export const ledgerOfDocuments = (
  documents: readonly AlsoDocument[],
  vendors: readonly Vendor[],
): LedgerRow[] =>
  vendors.flatMap((vendor) =>
    documents
      .filter((document) => document.vendor === vendor.name)
      .flatMap((document) =>
        ledgerOf(vendor, definitionOf(document)).map((row) => ({
          ...row,
          source: { title: document.name },
        })),
      ),
  );
