import { parseArgs } from "node:util";
import { KitError } from "../core/errors.ts";
import { didYouMean } from "../core/nearest.ts";
import { flagOf } from "../settings/names.ts";
import { NAMES, SETTINGS } from "../settings/table.ts";

/** A flag of one command, beside the settings. */
export interface Flag {
  readonly type: "string" | "boolean";
  readonly multiple?: boolean;
  /** One letter: `-o` for `--out`. */
  readonly short?: string;
  /** What its value is: `<file>`, or the choices: `must|should|info`. */
  readonly value?: string;
  /** One line, for the help. */
  readonly doc: string;
}

export type Flags = Readonly<Record<string, Flag>>;

/** A parsed command line. */
export interface CommandLine {
  readonly own: Own;
  readonly settings: GivenSettings;
  /** The words that are not flags. */
  readonly words: readonly string[];
  /** Everything after `--`. */
  readonly command: readonly string[];
}

/** The settings that flags give. */
export interface GivenSettings {
  /** As written, by the settings' names. */
  readonly values: Readonly<Record<string, unknown>>;
  /** The configuration file. */
  readonly config?: string;
  /** The flags themselves: `--port`. */
  readonly flags: readonly string[];
}

/** The values of a command's own flags. */
export interface Own {
  readonly text: (name: string) => string | undefined;
  readonly texts: (name: string) => readonly string[] | undefined;
  readonly isSet: (name: string) => boolean;
  /** Throws a KitError if it is not a whole number from 1 up. */
  readonly count: (name: string) => number | undefined;
}

/** What a command takes besides flags: a number of words, or another command after `--`. */
export type Takes = number | "command";

/** Parses the arguments of `fauxdr <name>`. Throws a KitError that says what is wrong with them. */
export function commandLine(
  name: string,
  args: readonly string[],
  flags: Flags,
  takes: Takes = 0,
): CommandLine {
  const { values, tokens } = parsed(name, args, flags);
  const end = tokens.find(({ kind }) => kind === "option-terminator")?.index ?? args.length;
  const command = takes === "command" ? args.slice(end + 1) : [];
  const words = tokens.flatMap((token) =>
    token.kind === "positional" && (takes !== "command" || token.index < end) ? [token.value] : [],
  );
  const extra = words[takes === "command" ? 0 : takes];
  if (extra !== undefined) {
    const advice =
      takes === "command"
        ? `put -- before the command, as in fauxdr ${name} -- npm test`
        : `run fauxdr help ${name} to see what it takes`;
    throw new KitError(`Unexpected argument '${extra}': ${advice}.`);
  }
  if (takes === "command" && command.length === 0) {
    throw new KitError(`fauxdr ${name} needs a command to run: fauxdr ${name} -- npm test`);
  }
  return { own: ownOf(values), settings: settingsIn(values, tokens, flags), words, command };
}

const SETTING_OPTIONS = Object.fromEntries([
  ["config", { type: "string" as const }],
  ...NAMES.map((name) => {
    const { kind } = SETTINGS[name];
    const type = kind === "switch" ? ("boolean" as const) : ("string" as const);
    return [flagOf(name), { type, multiple: kind === "list" }];
  }),
]);

function parsed(name: string, args: readonly string[], flags: Flags) {
  const own = Object.entries(flags).map(([flag, { type, multiple = false, short }]) => [
    flag,
    { type, multiple, ...(short !== undefined && { short }) },
  ]);
  const options = { ...SETTING_OPTIONS, ...Object.fromEntries(own) };
  try {
    return parseArgs({
      args: [...args],
      options,
      allowPositionals: true,
      allowNegative: true,
      tokens: true,
    });
  } catch (error) {
    // Node's first sentence says what is wrong. The rest is advice that does not apply here.
    const [sentence = ""] = (error as Error).message.split(/\.\s+(?=[A-Z])/);
    const [, given = ""] = /^Unknown option '--?([^']*)'/.exec(sentence) ?? [];
    const advice = didYouMean(
      given,
      Object.keys(options),
      `run fauxdr help ${name} for the list of flags`,
    ).replace('"', '"--');
    throw new KitError(`${sentence.replace(/\.$/, "")}: ${advice}`);
  }
}

function settingsIn(
  values: Readonly<Record<string, unknown>>,
  tokens: ReturnType<typeof parsed>["tokens"],
  flags: Flags,
): GivenSettings {
  const given = NAMES.filter((name) => values[flagOf(name)] !== undefined);
  const config = values["config"] as string | undefined;
  return {
    values: Object.fromEntries(given.map((name) => [name, values[flagOf(name)]])),
    ...(config !== undefined && { config }),
    flags: tokens.flatMap((token) =>
      token.kind === "option" && !Object.hasOwn(flags, token.name) ? [token.rawName] : [],
    ),
  };
}

function ownOf(values: Readonly<Record<string, unknown>>): Own {
  const text = (name: string): string | undefined => values[name] as string | undefined;
  return {
    text,
    texts: (name) => values[name] as readonly string[] | undefined,
    isSet: (name) => values[name] === true,
    count: (name) => {
      const value = text(name);
      if (value === undefined) return undefined;
      if (/^[1-9]\d{0,8}$/.test(value)) return Number(value);
      throw new KitError(`--${name} must be a whole number from 1 up, not "${value}".`);
    },
  };
}
