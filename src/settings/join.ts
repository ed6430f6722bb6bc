import { isDeepStrictEqual } from "node:util";
import { KitError } from "../core/errors.ts";
import type { Setting, SettingsTable } from "../core/setting.ts";
import type { Vendor } from "../core/vendor.ts";

/**
 * The settings of all vendors in one table. Vendors may share a name if they mean the same by it: `--rate-limit` then
 * sets it for both. Throws a KitError for a name that means two things.
 */
export function joinSettings(
  general: SettingsTable,
  vendors: readonly Pick<Vendor, "name" | "settings">[],
): SettingsTable {
  const joined: Record<string, Setting> = {};
  for (const { name: vendor, settings } of vendors) {
    for (const [name, setting] of Object.entries(settings)) {
      const clash = (other: string): KitError =>
        new KitError(
          `The setting "${name}" of ${vendor} has the name of ${other}: rename it, for example to "${vendor}${capitalized(name)}".`,
        );
      if (Object.hasOwn(general, name)) throw clash("a general setting");
      const known = joined[name];
      if (known && !isSame(known, setting)) throw clash("another setting that takes other values");
      joined[name] ??= setting;
    }
  }
  return joined;
}

/** Compares everything but the description, which each vendor writes itself. */
const isSame = (one: Setting, other: Setting): boolean =>
  isDeepStrictEqual({ ...one, doc: "" }, { ...other, doc: "" });

const capitalized = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
