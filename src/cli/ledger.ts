import { readFileSync } from "node:fs";
import { type LedgerRow, ledgerOf } from "../core/ledger.ts";
import { commandLine, type Flags } from "./command-line.ts";
import { FORMAT, shownRows } from "./rows.ts";
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

/** `fauxdr ledger`: lists the basis of each reply and behaviour. */
export async function ledgerCommand(args: readonly string[]): Promise<number> {
  const { own } = commandLine("ledger", args, FLAGS);
  const rows = chooseVendors(own.texts("vendor")).flatMap((vendor) =>
    ledgerOf(vendor, JSON.parse(readFileSync(new URL("document.json", vendor.spec), "utf8"))),
  );
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
