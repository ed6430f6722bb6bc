import { KitError } from "../core/errors.ts";
import { parseExactly } from "../core/json/exact.ts";
import { didYouMean } from "../core/nearest.ts";
import type { Setting } from "../core/setting.ts";
import { listOf } from "./checks.ts";
import { envOf } from "./names.ts";
import { type FullTenantSettings, NAMES, SETTINGS, type Settings, TENANT_TABLE } from "./table.ts";

/** A source of values, and how errors name them. */
export interface Source {
  readonly values: Readonly<Record<string, unknown>>;
  /** How this source names a setting: `--port`, `FAUXDR_PORT`, `"port" in fauxdr.json`. */
  readonly call: (name: string) => string;
}

/** Reads each setting from the first source that has it. Throws a KitError that names an invalid value. */
export function readSettings(sources: readonly Source[]): Settings {
  const settings: Record<string, unknown> = {};
  for (const name of NAMES) {
    const source = sources.find(({ values }) => values[name] !== undefined);
    settings[name] = source
      ? parse(SETTINGS[name], source.values[name], source.call(name))
      : SETTINGS[name].default;
  }
  return settings as unknown as Settings;
}

/** Variables with our prefix that are not settings: those for a client under test, and the configuration file's path. */
const NOT_SETTINGS = [
  "URL",
  "CA_FILE",
  "CASE",
  "VENDOR",
  "OPERATION",
  "INPUT",
  "CONFIG",
  "CASE_SEED",
].map((name) => `FAUXDR_${name}`);

/** Kubernetes and Docker links set these in every container if a service is called `fauxdr`. */
const isInjected = (variable: string, value = ""): boolean =>
  /^FAUXDR_(SERVICE|PORT|ENV)_|^FAUXDR_NAME$/.test(variable) || /^(tcp|udp):\/\//.test(value);

/** A source of settings from the environment. Throws a KitError for a FAUXDR_* variable that is not a setting. */
export function environment(variables: NodeJS.ProcessEnv): Source {
  const names = new Map<string, string>(NAMES.map((name) => [envOf(name), name]));
  const values: Record<string, unknown> = {};
  for (const [variable, value] of Object.entries(variables)) {
    if (!variable.startsWith("FAUXDR_") || NOT_SETTINGS.includes(variable)) continue;
    if (isInjected(variable, value)) continue;
    const name = names.get(variable);
    if (name === undefined) {
      const bare = (full: string): string => full.slice("FAUXDR_".length);
      const advice = settingsNear(bare(variable), [...names.keys()].map(bare));
      throw notASetting(variable, advice.replace('"', '"FAUXDR_'));
    }
    // Compose turns ${X:-} into an empty variable. An empty token is not ignored: it would leave the control API open.
    if (value !== "" || name === "adminToken") values[name] = value;
  }
  return { values, call: envOf };
}

/** A source of settings from an object, such as a configuration file's content. */
export function fromObject(values: Readonly<Record<string, unknown>>, where: string): Source {
  const unknown = Object.keys(values).find((name) => !Object.hasOwn(SETTINGS, name));
  if (unknown !== undefined) {
    throw notASetting(`"${unknown}" in ${where}`, settingsNear(unknown, NAMES));
  }
  return { values, call: (name) => `"${name}" in ${where}` };
}

const settingsNear = (given: string, names: readonly string[]): string =>
  didYouMean(given, names, "run fauxdr help serve to list them");

const notASetting = (called: string, advice: string): KitError =>
  new KitError(`${called} is not a setting: ${advice}`);

/** The settings that a tenant inherits from the server. */
export const tenantSettingsOf = (settings: Settings): FullTenantSettings =>
  Object.fromEntries(
    Object.entries(settings).filter(([name]) => Object.hasOwn(TENANT_TABLE, name)),
  ) as unknown as FullTenantSettings;

/** Reads the settings of one tenant. Throws a KitError that names an unknown or invalid one. */
export function readTenantSettings(
  values: Readonly<Record<string, unknown>>,
): Partial<FullTenantSettings> {
  const own = Object.entries(values).map(([name, value]) => {
    const setting = Object.hasOwn(TENANT_TABLE, name) ? TENANT_TABLE[name] : undefined;
    if (!setting) {
      const names = Object.keys(TENANT_TABLE);
      const advice = Object.hasOwn(SETTINGS, name)
        ? "it is the server's."
        : didYouMean(name, names, `choose from ${names.join(", ")}`);
      throw new KitError(`"${name}" is not a setting of a tenant: ${advice}`);
    }
    return [name, parse(setting, value, `"${name}"`)];
  });
  return Object.fromEntries(own);
}

function parse(setting: Setting, value: unknown, called: string): unknown {
  const invalid = (problem: string): never => {
    throw new KitError(
      `${called} ${problem}${setting.secret ? "" : `, not ${JSON.stringify(value)}`}.`,
    );
  };
  switch (setting.kind) {
    case "switch":
      if (typeof value === "boolean") return value;
      if (value === "true" || value === "1") return true;
      if (value === "false" || value === "0") return false;
      return invalid("must be true or false");
    case "integer": {
      const number = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
      if (
        typeof number !== "number" ||
        !Number.isInteger(number) ||
        number < setting.min ||
        number > setting.max
      ) {
        return invalid(`must be a whole number from ${setting.min} to ${setting.max}`);
      }
      return number;
    }
    case "choice":
      return setting.choices.some((choice) => choice === value)
        ? value
        : invalid(`must be ${either(setting.choices)}`);
    case "list":
      return setting.read(typeof value === "string" ? listOf(value) : value);
    case "json":
      return setting.read(typeof value === "string" ? parsed(value, invalid) : value);
    case "text": {
      if (typeof value !== "string") return invalid("must be text");
      const problem = setting.check?.(value);
      return problem === undefined ? value : invalid(problem);
    }
  }
}

function parsed(text: string, invalid: (problem: string) => never): unknown {
  try {
    return parseExactly(text);
  } catch {
    return invalid("must be a JSON array");
  }
}

/** `time, polls or manual` */
const either = (choices: readonly string[]): string =>
  choices.join(", ").replace(/, ([^,]*)$/, " or $1");
