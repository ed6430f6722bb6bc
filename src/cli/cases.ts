import { rulesFor } from "../contract/judge.ts";
import { commandLine, type Flags } from "./command-line.ts";
import { chooseVendors } from "./vendors.ts";

export const FLAGS: Flags = {
  vendor: { type: "string", multiple: true, doc: "only this vendor's" },
  rules: { type: "boolean", doc: "the rules in place of the cases" },
  json: { type: "boolean", doc: "as JSON" },
};

/** `fauxdr cases`: the promises that `check` puts to the test, or the rules that judge every call. */
export async function casesCommand(args: readonly string[]): Promise<number> {
  const { own } = commandLine(args, FLAGS);
  const chosen = chooseVendors(own.texts("vendor"));
  const rows = own.isSet("rules")
    ? chosen.flatMap((vendor) =>
        rulesFor(vendor).map(({ judge: _, ...rule }) => ({ vendor: vendor.name, ...rule })),
      )
    : chosen.flatMap(({ name, contract }) =>
        contract.cases.map((one) => ({ vendor: name, ...one })),
      );
  const lines = rows.map(({ vendor, severity, id, title }) =>
    [vendor, severity, id, title].join("\t"),
  );
  process.stdout.write(
    own.isSet("json") ? `${JSON.stringify(rows, undefined, 2)}\n` : `${lines.join("\n")}\n`,
  );
  return 0;
}
