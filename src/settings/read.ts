import { KitError } from "../core/errors.ts";
import type { TenantSettings } from "../core/tenant.ts";
import { envOf, type Setting } from "./setting.ts";
import { NAMES, SETTINGS, type Settings } from "./table.ts";

/** Where a value was found, for the sentence that says what is wrong with it. */
export interface Source {
  readonly values: Readonly<Record<string, unknown>>;
  /** How this source names a setting: `--port`, `FAUXDR_PORT`, `"port" in fauxdr.json`. */
  readonly call: (name: string) => string;
}

/** Reads every setting from the first source that has it. Throws a KitError of one sentence for a value that does not fit. */
export function readSettings(sources: readonly Source[]): Settings {
  const settings: Record<string, unknown> = {};
  for (const name of NAMES) {
    const source = sources.find(({ values }) => values[name] !== undefined);
    settings[name] = source
      ? parse(SETTINGS[name] as AnySetting, source.values[name], source.call(name))
      : SETTINGS[name].default;
  }
  return settings as unknown as Settings;
}

/** Names in our prefix that are no settings: what a client under test is told, and the configuration file's place. */
const NOT_SETTINGS = ["URL", "CA_FILE", "CASE", "VENDOR", "OPERATION", "INPUT", "CONFIG"].map(
  (name) => `FAUXDR_${name}`,
);

/** What Kubernetes and Docker links put into every container beside a service that is called `fauxdr`. */
const injected = (variable: string, value = ""): boolean =>
  /^FAUXDR_(SERVICE|PORT|ENV)_|^FAUXDR_NAME$/.test(variable) || /^(tcp|udp):\/\//.test(value);

/** A source of settings from the environment. A FAUXDR_* variable that is no setting is a mistake worth a word. */
export function environment(variables: NodeJS.ProcessEnv): Source {
  const names = new Map<string, string>(NAMES.map((name) => [envOf(name), name]));
  const values: Record<string, unknown> = {};
  for (const [variable, value] of Object.entries(variables)) {
    if (!variable.startsWith("FAUXDR_") || NOT_SETTINGS.includes(variable)) continue;
    if (injected(variable, value)) continue;
    const name = names.get(variable);
    if (name === undefined)
      throw new KitError(`${variable} is no setting of fauxdr: see fauxdr --help.`);
    values[name] = value;
  }
  return { values, call: envOf };
}

/** A source of settings from an object, such as a configuration file's content. */
export function fromObject(values: Readonly<Record<string, unknown>>, where: string): Source {
  const unknown = Object.keys(values).find((name) => !Object.hasOwn(SETTINGS, name));
  if (unknown !== undefined) {
    throw new KitError(`"${unknown}" in ${where} is no setting of fauxdr: see fauxdr --help.`);
  }
  return { values, call: (name) => `"${name}" in ${where}` };
}

/** What a tenant takes over from the server's settings. */
export const tenantSettingsOf = (settings: Settings): TenantSettings =>
  Object.fromEntries(
    Object.entries(settings).filter(([name]) => SETTINGS[name as keyof Settings].tenant),
  ) as unknown as TenantSettings;

/** Reads the settings of a tenant of its own. Throws a KitError of one sentence for one that is unknown or does not fit. */
export function readTenantSettings(
  values: Readonly<Record<string, unknown>>,
): Partial<TenantSettings> {
  const own = Object.entries(values).map(([name, value]) => {
    const setting = Object.hasOwn(SETTINGS, name) ? SETTINGS[name as keyof Settings] : undefined;
    if (!setting?.tenant) throw new KitError(`"${name}" is no setting of a tenant.`);
    return [name, parse(setting as AnySetting, value, `"${name}"`)];
  });
  return Object.fromEntries(own);
}

type AnySetting =
  | Setting<boolean>
  | Setting<number>
  | Setting<string>
  | Setting<readonly unknown[]>;

function parse(setting: AnySetting, value: unknown, called: string): unknown {
  const refuse = (takes: string): never => {
    throw new KitError(
      `${called} ${takes}${setting.secret ? "" : `, not ${JSON.stringify(value)}`}.`,
    );
  };
  switch (setting.kind) {
    case "switch":
      if (typeof value === "boolean") return value;
      if (value === "true" || value === "1") return true;
      if (value === "false" || value === "0") return false;
      return refuse("takes true or false");
    case "integer": {
      const number = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
      if (
        typeof number !== "number" ||
        !Number.isInteger(number) ||
        number < setting.min ||
        number > setting.max
      ) {
        return refuse(`takes a whole number from ${setting.min} to ${setting.max}`);
      }
      return number;
    }
    case "choice":
      return setting.choices.some((choice) => choice === value)
        ? value
        : refuse(`takes ${setting.choices.join(" or ")}`);
    case "json":
      return setting.read(typeof value === "string" ? parsed(value, refuse) : value);
    case "text": {
      if (typeof value !== "string") return refuse("takes a text");
      const complaint = setting.check?.(value);
      return complaint === undefined ? value : refuse(complaint);
    }
  }
}

function parsed(text: string, refuse: (takes: string) => never): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return refuse("takes a JSON array");
  }
}
