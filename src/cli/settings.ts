import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { KitError } from "../core/errors.ts";
import { parseJson } from "../core/json/json.ts";
import { environment, fromObject, readSettings, type Source } from "../settings/read.ts";
import { flagOf } from "../settings/setting.ts";
import { SETTINGS, type Settings } from "../settings/table.ts";

/** The settings of a command: flags before environment before file before defaults. */
export function settingsOf(args: readonly string[], env: NodeJS.ProcessEnv): Settings {
  const flags = readFlags(args);
  const file = flags.config ?? env["FAUXDR_CONFIG"];
  return readSettings([
    flags.source,
    environment(env),
    ...(file === undefined ? [] : [readFile(file)]),
  ]);
}

function readFlags(args: readonly string[]): { source: Source; config: string | undefined } {
  const names = Object.entries(SETTINGS);
  const options = Object.fromEntries([
    ["config", { type: "string" as const }],
    ...names.map(([name, { kind }]) => [
      flagOf(name),
      { type: kind === "switch" ? ("boolean" as const) : ("string" as const) },
    ]),
  ]);
  let values: Record<string, unknown>;
  try {
    ({ values } = parseArgs({ args: [...args], options, allowNegative: true }));
  } catch (error) {
    // The first sentence says it; what follows is advice for another case.
    const [sentence] = (error as Error).message.split(/\.\s+(?=[A-Z])/);
    throw new KitError(`${sentence?.replace(/\.$/, "")}: see fauxdr --help.`);
  }
  return {
    source: {
      values: Object.fromEntries(names.map(([name]) => [name, values[flagOf(name)]])),
      call: (name) => `--${flagOf(name)}`,
    },
    config: values["config"] as string | undefined,
  };
}

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
