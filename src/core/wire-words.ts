import type { SettingsTable } from "./setting.ts";
import type { TenantSettings, WireForm } from "./tenant.ts";

/** The settings of a tenant, of which only the wire form and its switches are read. */
export type WireSettings = { readonly wire: WireForm };

/**
 * The words that a vendor's document uses for the form of a tenant's replies: the preset's name, and one for each of the
 * vendor's switches.
 */
export const wireWords = (own: SettingsTable, settings: WireSettings): string[] => [
  settings.wire,
  ...Object.entries(own).flatMap(([name, setting]) => {
    if (setting.kind !== "choice" || !setting.wire) return [];
    const value = (settings as Readonly<Record<string, unknown>>)[name];
    return typeof value === "string" && value !== AS_PRESET ? value : setting.wire[settings.wire];
  }),
];

/** The choice of a switch that follows the preset. */
const AS_PRESET = "wire";

/** Returns a function that tells whether the replies of a tenant have the form of a word. */
export function speaker<Word extends string>(
  own: SettingsTable,
): (word: Word, tenant: { readonly settings: TenantSettings }) => boolean {
  const known = new WeakMap<TenantSettings, ReadonlySet<string>>();
  return (word, { settings }) => {
    let words = known.get(settings);
    if (!words) {
      words = new Set(wireWords(own, settings));
      known.set(settings, words);
    }
    return words.has(word);
  };
}
