import type { Setting, SettingsTable } from "../core/setting.ts";
import { envOf, flagOf } from "../settings/names.ts";
import { SECTIONS } from "../settings/table.ts";
import { vendors } from "../vendors/index.ts";
import { FLAGS as ALSO } from "./also.ts";
import { FLAGS as CASES } from "./cases.ts";
import { FLAGS as CHECK } from "./check.ts";
import type { Flag, Flags } from "./command-line.ts";
import { FLAGS as ENV } from "./env.ts";
import { FLAGS as LEDGER } from "./ledger.ts";
import { FLAGS as RUN } from "./run.ts";
import { FLAGS as SERVE } from "./serve.ts";
import { FLAGS as VERIFY } from "./verify.ts";

/** A command as the help describes it. */
export interface CommandHelp {
  /** What follows its name. */
  readonly usage: string;
  readonly about: string;
  /** Command lines that work unchanged. */
  readonly examples: readonly string[];
  readonly flags?: Flags;
  /** Whether it takes settings, and lists them. */
  readonly settings?: "listed" | "taken";
}

/** The name of a vendor, for examples. */
const SOME = vendors[0]?.name;

/** THE table of commands, in the order of the help. */
export const COMMANDS: Readonly<Record<string, CommandHelp>> = {
  serve: {
    usage: "[flags] [settings]",
    about: "starts the server: the vendors' APIs and the control API; the command if none is given",
    examples: [
      "fauxdr",
      "fauxdr serve --port 8080 --wire recorded",
      "fauxdr serve --tls --ca-out ca.pem",
    ],
    flags: SERVE,
    settings: "listed",
  },
  run: {
    usage: "[flags] [settings] -- <command>",
    about: "runs your tests against a new mock and checks the requests that they sent",
    examples: ["fauxdr run -- npm test", `fauxdr run --vendor ${SOME} --junit junit.xml -- pytest`],
    flags: RUN,
    settings: "taken",
  },
  check: {
    usage: "[flags] [settings] -- <client>",
    about: "runs the contract cases against your client",
    examples: [
      "fauxdr check -- python my_client.py",
      `fauxdr check --vendor ${SOME} --trace -- node client.mjs`,
    ],
    flags: CHECK,
    settings: "taken",
  },
  verify: {
    usage: "[flags] <base-url>",
    about: "compares the replies of any server with the vendors' documents",
    examples: [`fauxdr verify --vendor ${SOME} https://api-tenant.example.com`],
    flags: VERIFY,
  },
  cases: {
    usage: "[flags]",
    about: "lists the contract cases, the rules, the probes or the traits of clients",
    examples: [`fauxdr cases --vendor ${SOME}`, "fauxdr cases --rules --format json"],
    flags: CASES,
  },
  ledger: {
    usage: "[flags]",
    about: "lists the basis of each reply: document, recording or assumption",
    examples: [`fauxdr ledger --vendor ${SOME}`],
    flags: LEDGER,
  },
  also: {
    usage: "from <recording.har> [flags]",
    about: "turns a recording into an OpenAPI document for the setting --also",
    examples: ["fauxdr also from session.har -o also.yaml"],
    flags: ALSO,
  },
  env: {
    usage: "[flags] [settings]",
    about: "prints the variables that a client needs, as shell exports",
    examples: ['eval "$(fauxdr env)"'],
    flags: ENV,
    settings: "taken",
  },
  health: {
    usage: "[settings]",
    about: "checks that a mock with these settings answers; for health checks of containers",
    examples: ["fauxdr health --port 8080"],
    settings: "taken",
  },
  version: { usage: "", about: "prints the version, and those of the vendors' APIs", examples: [] },
  help: { usage: "[command]", about: "prints this, or the help of a command", examples: [] },
};

const EXIT_CODES =
  "Exit codes: 0 passed, or stopped as asked; 1 findings; 2 could not start, or inconclusive.\n";

/** What `fauxdr help` prints. */
export function help(): string {
  const commands = Object.entries(COMMANDS).map(
    ([name, { about }]) => `  ${name.padEnd(8)} ${about}\n`,
  );
  const [serve, run, check] = [COMMANDS["serve"], COMMANDS["run"], COMMANDS["check"]];
  const examples = [serve, run, check].map((one) => `  ${one?.examples[0]}\n`);
  return `fauxdr stands in for ${vendors.map(({ title }) => title).join(" and ")}: no tenant, no account, offline.

Usage: fauxdr [command] [flags]

${commands.join("")}
Examples:
${examples.join("")}
fauxdr help <command> lists the flags of a command; fauxdr help serve lists the settings.
${EXIT_CODES}`;
}

/** What `fauxdr help <command>` prints. */
export function helpOf(name: string, command: CommandHelp): string {
  const { usage, about, examples, flags = {}, settings } = command;
  return [
    `fauxdr ${name}: ${about}.\n`,
    `Usage: ${["fauxdr", name, usage].join(" ").trim()}\n`,
    ...(examples.length > 0 ? [`Examples:\n${examples.map((one) => `  ${one}\n`).join("")}`] : []),
    ...(Object.keys(flags).length > 0 ? [`Flags:\n${listOfFlags(flags)}`] : []),
    ...(settings === "listed" ? [listOfSettings()] : []),
    ...(settings === "taken"
      ? ["Settings: each flag that fauxdr help serve lists, such as --wire recorded.\n"]
      : []),
    EXIT_CODES,
  ].join("\n");
}

const listOfFlags = (flags: Flags): string => {
  const rows = Object.entries(flags).map(([name, flag]) => [shownFlag(name, flag), flag.doc]);
  const width = Math.max(...rows.map(([flag = ""]) => flag.length));
  return rows.map(([flag = "", doc]) => `  ${flag.padEnd(width)}  ${doc}\n`).join("");
};

const shownFlag = (name: string, { type, value = "<text>" }: Flag): string =>
  type === "boolean" ? `--${name}` : `--${name} ${value}`;

function listOfSettings(): string {
  const sections = SECTIONS.map(
    ({ vendor, settings }) =>
      `${vendor === undefined ? "" : `Settings of ${vendor}:\n`}${listed(settings)}`,
  );
  return `Settings. Give each one as a flag (--${flagOf("readyFile")}), as a variable (${envOf("readyFile")}), or as a key
("readyFile") of the JSON file that --config or FAUXDR_CONFIG names. A flag overrides the variable, and the variable
overrides the file.

${sections.join("\n")}`;
}

const listed = (settings: SettingsTable): string =>
  Object.entries(settings)
    .map(([name, setting]) => {
      const flag = `--${flagOf(name)} ${shownValue(setting)}`.trimEnd();
      return `  ${flag}  (${String(setting.default) || "none"})\n      ${setting.doc}\n`;
    })
    .join("");

/** What a setting takes: `<number>`, or its choices. */
function shownValue(setting: Setting): string {
  switch (setting.kind) {
    case "switch":
      return "";
    case "choice":
      return setting.choices.join("|");
    case "integer":
      return "<number>";
    case "text":
      return "<text>";
    case "json":
      return "<json>";
    case "list":
      return "<file>";
  }
}
