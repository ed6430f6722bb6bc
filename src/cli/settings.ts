import { KitError } from "../core/errors.ts";
import { flagOf } from "../settings/names.ts";
import { environment, readSettings } from "../settings/read.ts";
import type { Settings } from "../settings/table.ts";
import type { GivenSettings } from "./command-line.ts";
import { readConfigFile } from "./config-file.ts";

/** The settings of a command: flags before environment before file before defaults. */
export function commandSettings(
  { values, config }: GivenSettings,
  env: NodeJS.ProcessEnv,
  /** Defaults that override the environment, but not flags. */
  preset: Partial<Settings> = {},
): Settings {
  // An empty variable counts as unset: Compose writes it for ${FAUXDR_CONFIG:-}.
  const file = config ?? (env["FAUXDR_CONFIG"] || undefined);
  const sources = [
    { values: { ...preset, ...values }, call: (name: string) => `--${flagOf(name)}` },
    environment(env),
    ...(file === undefined ? [] : [readConfigFile(file)]),
  ];
  for (const source of sources) {
    if (source.values["adminToken"] !== "") continue;
    throw new KitError(
      `${source.call("adminToken")} is empty: set a token, or leave it out if the control API needs none.`,
    );
  }
  return readSettings(sources);
}

/** A command that starts its own mock does not use the default ports. */
export const FREE_PORTS: Partial<Settings> = { port: 0, tlsPort: 0 };
