import { readFileSync } from "node:fs";
import type { Severity } from "../../core/basis.ts";
import { VendorError } from "../../core/errors.ts";
import { ledgerOf } from "../../core/ledger.ts";
import { json } from "../../core/reply.ts";
import type { Operation, Vendor } from "../../core/vendor.ts";
import { checkNames } from "../names.ts";
import type { AdminHandles } from "./context.ts";

/** The operations that show how far to trust a client (findings) and fauxdr (documents, ledger). */
export function trustOperations({
  vendors,
  tenants,
  judge,
  verdict,
}: AdminHandles): Record<string, Operation> {
  return {
    listFindings: ({ query }) => {
      const name = query["tenant"];
      const chosen = tenants.all().filter((tenant) => name === undefined || tenant.name === name);
      if (chosen.length === 0) {
        throw new VendorError({ kind: "not-found", what: "tenant", id: String(name) });
      }
      return json({
        findings: chosen.flatMap((tenant) =>
          judge(tenant.journal.entries()).map((finding) => ({ tenant: tenant.name, ...finding })),
        ),
      });
    },
    getVerdict: ({ query }) => {
      const { vendor, failOn } = query as { readonly vendor?: string; readonly failOn?: Severity };
      checkNames({ ...(vendor !== undefined && { vendor }) }, vendors);
      const journals = tenants.all().map(({ name, journal }) => ({
        tenant: name,
        exchanges: journal.entries(),
        dropped: journal.dropped,
      }));
      const { reason, ...found } = verdict(journals, failOn ?? "must", vendor);
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
    getLedger: ({ query }) => {
      const wanted = query["vendor"] as string | undefined;
      checkNames({ ...(wanted !== undefined && { vendor: wanted }) }, vendors);
      const rows = vendors
        .filter(({ name }) => wanted === undefined || name === wanted)
        .flatMap((vendor) => ledgerOf(vendor, documentOf(vendor)));
      return json({ rows });
    },
  };
}

/** The full document, with descriptions. The server itself reads one without them. */
const documentOf = ({ spec }: Vendor): Readonly<Record<string, unknown>> =>
  JSON.parse(readFileSync(new URL("document.json", spec), "utf8"));
