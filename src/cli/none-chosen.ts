import { KitError } from "../core/errors.ts";
import type { Vendor } from "../core/vendor.ts";

/** Why there is nothing to run: the vendors have none, no id matches, or all that match were left out. */
export function noneChosen(
  what: "case" | "probe",
  vendors: readonly Vendor[],
  prefixes: readonly string[] | undefined,
): KitError {
  const all = vendors.flatMap(({ contract }): readonly { readonly id: string }[] =>
    what === "case" ? contract.cases : contract.probes,
  );
  if (all.length === 0) {
    const titles = vendors.map(({ title }) => title).join(" and ");
    return new KitError(
      `There are no ${what}s for ${titles}: choose another vendor with --vendor.`,
    );
  }
  if (prefixes && !all.some(({ id }) => prefixes.some((prefix) => id.startsWith(prefix)))) {
    const list = what === "case" ? "fauxdr cases" : "fauxdr cases --probes";
    const names = prefixes.map((prefix) => JSON.stringify(prefix)).join(" or ");
    return new KitError(`No ${what} id starts with ${names}: run ${list} to list them.`);
  }
  return new KitError(`No chosen ${what} could run: the lines above say what each one needs.`);
}
