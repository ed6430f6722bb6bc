import { parseTime } from "./core/clock.ts";
import { KitError } from "./core/errors.ts";
import type { TenantSettings } from "./core/tenant.ts";

/** Everything that can be set, wherever it is set. */
export interface Settings extends TenantSettings {
  readonly host: string;
  readonly port: number;
  readonly readyFile: string;
  readonly logFormat: "text" | "json";
  readonly log: "requests" | "none";
  readonly bodyLimitBytes: number;
}

interface Common<Value> {
  readonly default: Value;
  /** One line: what it is, in which unit. Printed by `--help` and in the README. */
  readonly doc: string;
  /** May differ from tenant to tenant. */
  readonly tenant?: true;
}

/** How a setting is written down and which values it takes. */
export type Setting<Value> = Common<Value> &
  ([Value] extends [boolean]
    ? { readonly kind: "switch" }
    : [Value] extends [number]
      ? { readonly kind: "integer"; readonly min: number; readonly max: number }
      :
          | { readonly kind: "text"; readonly check?: (value: string) => string | undefined }
          | { readonly kind: "choice"; readonly choices: readonly Value[] });

const DAY = 86_400;
const MIB = 1024 * 1024;

/**
 * THE table of settings. The key is the name in a configuration file and for a tenant; the flag is the same name in
 * kebab case (`--ready-file`), the environment variable in capitals (`FAUXDR_READY_FILE`).
 */
export const SETTINGS: { readonly [Name in keyof Settings]: Setting<Settings[Name]> } = {
  host: { kind: "text", default: "127.0.0.1", doc: "address to listen on" },
  port: { kind: "integer", min: 0, max: 65_535, default: 4620, doc: "port; 0 takes a free one" },
  readyFile: {
    kind: "text",
    default: "",
    doc: "file to write once listening: JSON with url, pid and version",
  },
  logFormat: {
    kind: "choice",
    choices: ["text", "json"],
    default: "text",
    doc: "form of the ready line and of the request log",
  },
  log: {
    kind: "choice",
    choices: ["requests", "none"],
    default: "requests",
    doc: "one line a request, or none",
  },
  bodyLimitBytes: {
    kind: "integer",
    min: 1,
    max: 1024 * MIB,
    default: 10 * MIB,
    doc: "largest request body in bytes; a larger one is refused with 413",
  },
  dialect: {
    kind: "choice",
    choices: ["documented", "observed"],
    default: "documented",
    doc: "wire form of the answers: what the vendor's documents print, or what recordings show",
    tenant: true,
  },
  seed: {
    kind: "text",
    default: "fauxdr",
    doc: "seed of every id and choice; the same seed gives the same bytes",
    tenant: true,
  },
  clock: {
    kind: "text",
    check: (value) =>
      value === "real" || parseTime(value) !== undefined
        ? undefined
        : 'takes "real" or a moment such as 2026-01-31T12:00:00Z',
    default: "real",
    doc: "real, or the moment at which the clock stands still",
    tenant: true,
  },
  progress: {
    kind: "choice",
    choices: ["time", "reads", "hand"],
    default: "time",
    doc: "what moves an action on: the clock, status calls, or the control API",
    tenant: true,
  },
  stepSeconds: {
    kind: "integer",
    min: 0,
    max: DAY,
    default: 1,
    doc: "seconds an action stays pending, and again in progress (progress=time)",
    tenant: true,
  },
  timeoutSeconds: {
    kind: "integer",
    min: 1,
    max: 365 * DAY,
    default: 600,
    doc: "seconds until an action in progress times out (progress=time)",
    tenant: true,
  },
  expirySeconds: {
    kind: "integer",
    min: 1,
    max: 365 * DAY,
    default: DAY,
    doc: "seconds until an action that no agent picked up expires (progress=time)",
    tenant: true,
  },
  stepReads: {
    kind: "integer",
    min: 1,
    max: 1000,
    default: 1,
    doc: "status calls for one step (progress=reads); a time-out takes 5 times as many, an expiry 10 times",
    tenant: true,
  },
  oldAgent: {
    kind: "choice",
    choices: ["stuck", "fails"],
    default: "stuck",
    doc: "what an action does on an agent that is older than the call's prerequisite",
    tenant: true,
  },
  signatureWindowSeconds: {
    kind: "integer",
    min: 1,
    max: 365 * DAY,
    default: 900,
    doc: "seconds by which a signed request's timestamp may differ from the clock, either way",
    tenant: true,
  },
  refuseNonceReuse: {
    kind: "switch",
    default: false,
    doc: "refuse a signed request whose nonce was used before",
    tenant: true,
  },
  journalEntries: {
    kind: "integer",
    min: 1,
    max: 1_000_000,
    default: 10_000,
    doc: "exchanges the journal keeps; the oldest go first, and are counted",
    tenant: true,
  },
  journalBodyBytes: {
    kind: "integer",
    min: 0,
    max: 10 * MIB,
    default: 65_536,
    doc: "characters of a body the journal keeps",
    tenant: true,
  },
};

const NAMES = Object.keys(SETTINGS) as (keyof Settings)[];

export const flagOf = (name: string): string =>
  name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`);

export const envOf = (name: string): string =>
  `FAUXDR_${flagOf(name).replaceAll("-", "_").toUpperCase()}`;

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
  /^FAUXDR_(SERVICE|PORT)_/.test(variable) || /^(tcp|udp):\/\//.test(value);

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

/** What can be set for a tenant of its own. */
export const tenantSettings: readonly (keyof TenantSettings)[] = NAMES.filter(
  (name) => SETTINGS[name].tenant,
) as (keyof TenantSettings)[];

type AnySetting = Setting<boolean> | Setting<number> | Setting<string>;

function parse(setting: AnySetting, value: unknown, called: string): unknown {
  const refuse = (takes: string): never => {
    throw new KitError(`${called} ${takes}, not ${JSON.stringify(value)}.`);
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
    case "text": {
      if (typeof value !== "string") return refuse("takes a text");
      const complaint = setting.check?.(value);
      return complaint === undefined ? value : refuse(complaint);
    }
  }
}
