import { readFileSync } from "node:fs";
import type { Severity } from "../../core/basis.ts";
import type { Finding, Journaled } from "../../core/contract.ts";
import { VendorError } from "../../core/errors.ts";
import { ledgerOf } from "../../core/ledger.ts";
import { json } from "../../core/reply.ts";
import type { Tenant } from "../../core/tenant.ts";
import type { Operation, Vendor } from "../../core/vendor.ts";
import { checkNames } from "../names.ts";
import type { AdminHandles } from "./context.ts";
import type { OnTenant } from "./on-tenant.ts";
import { readInTurns } from "./read-journal.ts";

/** The operations that show how far to trust a client (findings) and fauxdr (documents, ledger). */
export function trustOperations(
  { vendors, tenants, judge, verdict }: AdminHandles,
  { onEach }: OnTenant,
): Record<string, Operation> {
  return {
    listFindings: async ({ query }) => {
      const findings: (Finding & { readonly tenant: string })[] = [];
      const chosen = await onEach(query["tenant"] as string | undefined, journaled);
      for (const { tenant, exchanges } of chosen) {
        const found = await judge(exchanges);
        for (const finding of found) findings.push({ tenant, ...finding });
      }
      return json({ findings });
    },
    getVerdict: async ({ query }) => {
      const { vendor, failOn } = query as { readonly vendor?: string; readonly failOn?: Severity };
      checkNames({ ...(vendor !== undefined && { vendor }) }, vendors);
      const journals = await onEach(undefined, journaled);
      const { reason, ...found } = await verdict(journals, failOn ?? "must", vendor);
      return found.verdict === "passed"
        ? json(found)
        : json({ error: reason, ...found }, { status: 409, cause: found.verdict });
    },
    getDocument: ({ params }) => {
      const { vendor = "" } = params;
      const found = vendors.find(({ name }) => name === vendor);
      if (!found) throw new VendorError({ kind: "not-found", what: "vendor", id: vendor });
      return json(documentOf(found));
    },
    getLedger: async ({ query }) => {
      const wanted = query["vendor"] as string | undefined;
      checkNames({ ...(wanted !== undefined && { vendor: wanted }) }, vendors);
      const chosen = vendors.filter(({ name }) => wanted === undefined || name === wanted);
      const rows = chosen.flatMap((vendor) => ledgerOf(vendor, documentOf(vendor)));
      const documents = [...new Set(tenants.documents())];
      if (documents.length === 0) return json({ rows });
      const { ledgerOfDocuments } = await import("../also/ledger.ts");
      return json({ rows: [...rows, ...ledgerOfDocuments(documents, chosen)] });
    },
  };
}

/** The full document, with descriptions. The server itself reads one without them. */
const documentOf = ({ spec }: Vendor): Readonly<Record<string, unknown>> =>
  JSON.parse(readFileSync(new URL("document.json", spec), "utf8"));

const journaled = async ({ name, journal }: Tenant): Promise<Journaled> => ({
  tenant: name,
  exchanges: await readInTurns(journal),
  dropped: journal.dropped,
});
