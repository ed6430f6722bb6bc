import { readFileSync } from "node:fs";
import { type LedgerRow, ledgerOf } from "../core/ledger.ts";
import { vendors } from "../vendors/index.ts";
import { commandLine, type Flags } from "./command-line.ts";
import { FORMAT, shownRows } from "./rows.ts";
import { commandSettings } from "./settings.ts";
import { chooseVendors } from "./vendors.ts";

export const FLAGS: Flags = {
  vendor: {
    type: "string",
    multiple: true,
    value: "<vendor>",
    doc: "only this vendor; several times for several",
  },
  format: FORMAT,
};

/** `fauxdr ledger`: lists the basis of each reply and behaviour, those of `--also` last. */
export async function ledgerCommand(args: readonly string[]): Promise<number> {
  const { own, settings } = commandLine("ledger", args, FLAGS);
  const chosen = chooseVendors(own.texts("vendor"));
  const rows = chosen.flatMap((vendor) =>
    ledgerOf(vendor, JSON.parse(readFileSync(new URL("document.json", vendor.spec), "utf8"))),
  );
  const { also } = commandSettings(settings, process.env);
  if (also.length > 0) {
    const { loadDocuments } = await import("../server/also/load.ts");
    const { ledgerOfDocuments } = await import("../server/also/ledger.ts");
    rows.push(...ledgerOfDocuments(loadDocuments({ also }, vendors), chosen));
  }
  process.stdout.write(
    shownRows({ cells: rows.map(cellsOf), json: rows }, own, process.stdout.isTTY),
  );
  return 0;
}

const cellsOf = ({ vendor, operation, status, cause, basis, source }: LedgerRow) => ({
  vendor,
  operation,
  status: String(status ?? "behaviour"),
  cause,
  basis: shown(basis),
  source: source.title,
});

const shown = (basis: LedgerRow["basis"]): string => {
  const words = new Set(Object.values(basis));
  if (words.size === 1 && Object.keys(basis).length > 1) return [...words].join();
  return Object.entries(basis)
    .map(([wire, word]) => `${word} (${wire})`)
    .join(", ");
};
