import { readFileSync } from "node:fs";
import { type LedgerRow, ledgerOf } from "../core/ledger.ts";
import { commandLine, type Flags } from "./command-line.ts";
import { chooseVendors } from "./vendors.ts";

export const FLAGS: Flags = {
  vendor: { type: "string", multiple: true, doc: "only this vendor; several times for several" },
  json: { type: "boolean", doc: "print JSON" },
};

/** `fauxdr ledger`: lists the basis of each reply and behaviour. */
export async function ledgerCommand(args: readonly string[]): Promise<number> {
  const { own } = commandLine("ledger", args, FLAGS);
  const rows = chooseVendors(own.texts("vendor")).flatMap(({ name, spec }) =>
    ledgerOf(name, JSON.parse(readFileSync(new URL("document.json", spec), "utf8"))),
  );
  process.stdout.write(
    own.isSet("json") ? `${JSON.stringify(rows, undefined, 2)}\n` : `${text(rows)}\n`,
  );
  return 0;
}

/** Tab-separated, so that grep, sort and cut can work on it. */
const text = (rows: readonly LedgerRow[]): string =>
  rows
    .map(({ vendor, operation, status, cause, basis, source }) =>
      [vendor, operation, status ?? "behaviour", cause, shown(basis), source.title].join("\t"),
    )
    .join("\n");

const shown = (basis: LedgerRow["basis"]): string => {
  const words = new Set(Object.values(basis));
  if (words.size === 1 && Object.keys(basis).length > 1) return [...words].join();
  return Object.entries(basis)
    .map(([wire, word]) => `${word} (${wire})`)
    .join(", ");
};
