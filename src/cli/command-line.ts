import { parseArgs } from "node:util";
import { KitError } from "../core/errors.ts";
import { flagOf } from "../settings/setting.ts";
import { SETTINGS } from "../settings/table.ts";

/** A flag of one command, beside the settings that every command takes. */
export interface Flag {
  readonly type: "string" | "boolean";
  readonly multiple?: boolean;
  /** One line, for the help. */
  readonly doc: string;
}

export type Flags = Readonly<Record<string, Flag>>;

/** The words of a command line, apart. */
export interface CommandLine {
  readonly own: Own;
  /** The flags of settings, as they stood there. */
  readonly settings: readonly string[];
  /** The words that are no flags. */
  readonly words: readonly string[];
  /** What stands behind `--`. */
  readonly command: readonly string[];
}

/** What was said by a command's own flags. */
export interface Own {
  readonly text: (name: string) => string | undefined;
  readonly texts: (name: string) => readonly string[] | undefined;
  readonly isSet: (name: string) => boolean;
  /** A KitError where it is no whole number from 1 on. */
  readonly count: (name: string) => number | undefined;
}

/** Takes a command's own flags out of its arguments. `takes` is how many other words there may be. */
export function commandLine(args: readonly string[], flags: Flags, takes = 0): CommandLine {
  const split = args.indexOf("--");
  const command = split < 0 ? [] : args.slice(split + 1);
  const { settings, rest } = apart(split < 0 ? args : args.slice(0, split), flags);
  const options = Object.fromEntries(
    Object.entries(flags).map(([name, { type, multiple = false }]) => [name, { type, multiple }]),
  );
  try {
    const { values, positionals } = parseArgs({ args: rest, options, allowPositionals: takes > 0 });
    if (positionals.length > takes) {
      throw new KitError(`Unexpected argument '${positionals[takes]}': see fauxdr --help.`);
    }
    return { own: ownOf(values), settings, words: positionals, command };
  } catch (error) {
    if (error instanceof KitError) throw error;
    const [sentence] = (error as Error).message.split(/\.\s+(?=[A-Z])/);
    throw new KitError(`${sentence?.replace(/\.$/, "")}: see fauxdr --help.`);
  }
}

const KINDS: ReadonlyMap<string, string> = new Map([
  ["config", "text"],
  ...Object.entries(SETTINGS).map(([name, { kind }]): [string, string] => [flagOf(name), kind]),
]);

/** The flags of settings, with their values, and all other words. */
function apart(
  words: readonly string[],
  flags: Flags,
): { readonly settings: string[]; readonly rest: string[] } {
  const rest: string[] = [];
  const settings: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string;
    const name = /^--(?:no-)?([^=]+)/.exec(word)?.[1] ?? "";
    const kind = KINDS.get(name);
    const into = kind === undefined ? rest : settings;
    into.push(word);
    const takesValue = kind === undefined ? flags[name]?.type === "string" : kind !== "switch";
    if (takesValue && !word.includes("=") && at + 1 < words.length) {
      into.push(words[++at] as string);
    }
  }
  return { settings, rest };
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
      throw new KitError(`--${name} takes a whole number from 1 on, not "${value}".`);
    },
  };
}

/** Throws a KitError where there is nothing to run. */
export function needCommand(command: readonly string[], called: string): void {
  if (command.length > 0) return;
  throw new KitError(`${called} needs a command to run: ${called} -- npm test`);
}
