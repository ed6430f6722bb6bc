import { envOf, flagOf, SETTINGS } from "../settings.ts";
import { vendors } from "../vendors/index.ts";

/** What `fauxdr --help` prints; the settings are the table's. */
export function help(): string {
  const settings = Object.entries(SETTINGS).map(
    ([name, setting]) =>
      `  --${flagOf(name)}  (${String(setting.default) || "none"})\n      ${setting.doc}\n`,
  );
  return `fauxdr stands in for ${vendors.map(({ title }) => title).join(" and ")}: no tenant, no account, offline.

  fauxdr [serve] [settings]   serves the vendors and the control API
  fauxdr --version
  fauxdr --help

A setting is a flag, a variable (--${flagOf("readyFile")} is ${envOf("readyFile")}) or a key of the JSON file
that --config or FAUXDR_CONFIG names ("readyFile"); the flag counts first, then the variable, then the file.

${settings.join("")}
Exit code: 0 stopped as asked, 2 could not start.
`;
}
