import { rulesFor } from "../contract/judge.ts";
import type { ContractCase } from "../core/contract.ts";
import type { Vendor } from "../core/vendor.ts";
import { commandLine, type Flags, type Own } from "./command-line.ts";
import { FORMAT, shownRows } from "./rows.ts";
import { chooseVendors } from "./vendors.ts";

export const FLAGS: Flags = {
  vendor: {
    type: "string",
    multiple: true,
    value: "<vendor>",
    doc: "only this vendor; several times for several",
  },
  rules: { type: "boolean", doc: "list the rules instead of the cases" },
  probes: { type: "boolean", doc: "list the probes of verify instead of the cases" },
  traits: {
    type: "boolean",
    doc: "list the traits of clients that --has and --lacks of check take",
  },
  format: FORMAT,
};

/** `fauxdr cases`: lists the cases of `check`, the rules for every request, the probes of `verify`, or the traits of clients. */
export async function casesCommand(args: readonly string[]): Promise<number> {
  const { own } = commandLine("cases", args, FLAGS);
  const chosen = chooseVendors(own.texts("vendor"));
  const rows = chosen.flatMap((vendor) =>
    listed(vendor, own).map((row) => ({ vendor: vendor.name, ...row })),
  );
  const cells = rows.map(({ vendor, severity, id, title }) => ({ vendor, severity, id, title }));
  process.stdout.write(shownRows({ cells, json: rows }, own, process.stdout.isTTY));
  return 0;
}

type Row = Pick<ContractCase, "id" | "title"> & { readonly severity: string };

function listed({ name, contract }: Vendor, own: Own): readonly Row[] {
  if (own.isSet("traits")) {
    return (contract.traits ?? []).map(({ id, title, usual }) => ({
      id,
      title,
      severity: usual ? "usual" : "unusual",
    }));
  }
  if (own.isSet("rules")) {
    return rulesFor({ name, contract }).map(({ judge: _, ...rule }) => rule);
  }
  if (!own.isSet("probes")) return contract.cases;
  return contract.probes.map(({ ask: _, tells: __, destructive = false, ...probe }) => ({
    ...probe,
    destructive,
    severity: destructive ? "destructive" : "reading",
  }));
}
