import type { SettingsTable } from "../core/setting.ts";
import { envOf, flagOf } from "../settings/names.ts";
import { SECTIONS } from "../settings/table.ts";
import { vendors } from "../vendors/index.ts";
import { FLAGS as CASES } from "./cases.ts";
import { FLAGS as CHECK } from "./check.ts";
import type { Flags } from "./command-line.ts";
import { FLAGS as ENV } from "./env.ts";
import { FLAGS as LEDGER } from "./ledger.ts";
import { REPORTING } from "./reporting.ts";
import { FLAGS as RUN } from "./run.ts";
import { FLAGS as VERIFY } from "./verify.ts";

/** What `fauxdr --help` prints. */
export function help(): string {
  const settings = SECTIONS.map(
    ({ vendor, settings }) =>
      `${vendor === undefined ? "" : `\nSettings of ${vendor}:\n`}${listed(settings)}`,
  );
  return `fauxdr stands in for ${vendors.map(({ title }) => title).join(" and ")}: no tenant, no account, offline.

  fauxdr [serve] [settings]                      starts the server: the vendors' APIs and the control API
  fauxdr run [flags] [settings] -- <command>     runs your tests against a new mock and checks the requests they sent
  fauxdr check [flags] [settings] -- <client>    runs the contract cases against your client
  fauxdr verify [flags] <base-url>               compares any server's replies with the vendors' documents
  fauxdr cases [flags]                           lists the contract cases, the rules or the probes
  fauxdr ledger [flags]                          lists the basis of each reply: document, recording or assumption
  fauxdr health [settings]                       checks that a mock with these settings answers; for health checks
  fauxdr env [flags] [settings]                  prints the variables that a client needs, as shell exports
  fauxdr --version
  fauxdr --help

Flags of run, check and verify:
${list(REPORTING)}
Flags of run:
${list(without(RUN, REPORTING))}
Flags of check:
${list(without(CHECK, REPORTING))}
Flags of verify:
${list(without(VERIFY, REPORTING))}
Flags of cases:
${list(CASES)}
Flags of ledger:
${list(LEDGER)}
Flags of env:
${list(ENV)}
Settings. Give each one as a flag (--${flagOf("readyFile")}), as a variable (${envOf("readyFile")}), or as a key
("readyFile") of the JSON file that --config or FAUXDR_CONFIG names. A flag overrides the variable, and the variable
overrides the file.

${settings.join("")}
Exit codes: 0 passed, or stopped as asked; 1 findings; 2 could not start, or inconclusive.
`;
}

const listed = (settings: SettingsTable): string =>
  Object.entries(settings)
    .map(
      ([name, setting]) =>
        `  --${flagOf(name)}  (${String(setting.default) || "none"})\n      ${setting.doc}\n`,
    )
    .join("");

const list = (flags: Flags): string =>
  Object.entries(flags)
    .map(([name, { doc }]) => `  --${name.padEnd(16)} ${doc}\n`)
    .join("");

const without = (flags: Flags, others: Flags): Flags =>
  Object.fromEntries(Object.entries(flags).filter(([name]) => !Object.hasOwn(others, name)));
