import { readFileSync } from "node:fs";
import { KitError } from "../core/errors.ts";
import { parseJson } from "../core/json/json.ts";
import { flagOf } from "../settings/names.ts";
import { environment, fromObject, readSettings, type Source } from "../settings/read.ts";
import type { Settings } from "../settings/table.ts";
import type { GivenSettings } from "./command-line.ts";

/** The settings of a command: flags before environment before file before defaults. */
export function settingsOf(
  { values, config }: GivenSettings,
  env: NodeJS.ProcessEnv,
  /** Used before the environment, where no flag says otherwise. */
  preset: Partial<Settings> = {},
): Settings {
  const file = config ?? env["FAUXDR_CONFIG"];
  return readSettings([
    { values: { ...preset, ...values }, call: (name) => `--${flagOf(name)}` },
    environment(env),
    ...(file === undefined ? [] : [readFile(file)]),
  ]);
}

/** A command that starts a mock of its own leaves the usual ports alone. */
export const FREE_PORTS: Partial<Settings> = { port: 0, tlsPort: 0 };

function readFile(file: string): Source {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    throw new KitError(`The configuration file ${file} cannot be read.`);
  }
  const parsed = parseJson(text);
  if ("fault" in parsed) {
    const { line, column, message } = parsed.fault;
    throw new KitError(
      `The configuration file ${file} is not JSON at line ${line}, column ${column} (${message}).`,
    );
  }
  const content = parsed.value;
  if (typeof content !== "object" || content === null || Array.isArray(content)) {
    throw new KitError(`The configuration file ${file} must hold a JSON object of settings.`);
  }
  return fromObject(content as Record<string, unknown>, file);
}
