import { envOf, flagOf } from "../settings/setting.ts";
import { SETTINGS } from "../settings/table.ts";
import { vendors } from "../vendors/index.ts";
import { FLAGS as CASES } from "./cases.ts";
import { FLAGS as CHECK } from "./check.ts";
import type { Flags } from "./command-line.ts";
import { FLAGS as ENV } from "./env.ts";
import { FLAGS as LEDGER } from "./ledger.ts";
import { REPORTING } from "./reporting.ts";
import { FLAGS as RUN } from "./run.ts";
import { FLAGS as VERIFY } from "./verify.ts";

/** What `fauxdr --help` prints; the settings are the table's, the flags those of the commands. */
export function help(): string {
  const settings = Object.entries(SETTINGS).map(
    ([name, setting]) =>
      `  --${flagOf(name)}  (${String(setting.default) || "none"})\n      ${setting.doc}\n`,
  );
  return `fauxdr stands in for ${vendors.map(({ title }) => title).join(" and ")}: no tenant, no account, offline.

  fauxdr [serve] [settings]                      serves the vendors and the control API
  fauxdr run [flags] [settings] -- <command>     runs your tests against a fresh mock, and judges what they sent
  fauxdr check [flags] [settings] -- <client>    drives your client through the contract cases
  fauxdr verify [flags] <base-url>               compares any server's replies with the vendors' documents
  fauxdr cases [flags]                           lists the contract cases, the rules, or the probes
  fauxdr ledger [flags]                          lists what each reply rests on: documents, recordings, assumptions
  fauxdr health [settings]                       whether a mock with these settings answers; for health checks
  fauxdr env [flags] [settings]                  prints what a client needs, as shell exports
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
Settings, of every command that takes them. A setting is a flag, a variable (--${flagOf("readyFile")} is ${envOf("readyFile")}) or
a key of the JSON file that --config or FAUXDR_CONFIG names ("readyFile"); the flag counts first, then the variable,
then the file.

${settings.join("")}
Exit code: 0 stopped as asked, or passed; 1 findings; 2 could not start, or could not be told.
`;
}

const list = (flags: Flags): string =>
  Object.entries(flags)
    .map(([name, { doc }]) => `  --${name.padEnd(16)} ${doc}\n`)
    .join("");

const without = (flags: Flags, others: Flags): Flags =>
  Object.fromEntries(Object.entries(flags).filter(([name]) => !Object.hasOwn(others, name)));
