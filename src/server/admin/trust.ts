import { readFileSync } from "node:fs";
import { VendorError } from "../../core/errors.ts";
import { ledgerOf } from "../../core/ledger.ts";
import { json } from "../../core/reply.ts";
import type { Operation } from "../../core/vendor.ts";
import type { AdminHandles } from "../admin.ts";
import { checkNames } from "../names.ts";

/** The operations that say how far to trust: a client by what it did, fauxdr by what it rests on. */
export function trustOperations({
  vendors,
  tenants,
  judge,
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
    getLedger: ({ query }) => {
      const vendor = query["vendor"] as string | undefined;
      checkNames({ ...(vendor !== undefined && { vendor }) }, vendors);
      const rows = vendors
        .filter(({ name }) => vendor === undefined || name === vendor)
        .flatMap(({ name, spec }) =>
          ledgerOf(name, JSON.parse(readFileSync(new URL("document.json", spec), "utf8"))),
        );
      return json({ rows });
    },
  };
}
