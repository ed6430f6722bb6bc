import { runProcess } from "../contract/process.ts";
import { judgeRun } from "../contract/run.ts";
import { watchStalls } from "../contract/stalls.ts";
import { createWorlds } from "../contract/worlds.ts";
import { monotonic } from "../core/clock.ts";
import { serve } from "../mock.ts";
import {
  addressVariables,
  clientEnvironment,
  giveCa,
  secretsOf,
  withoutProxy,
} from "./client-environment.ts";
import { commandLine, type Flags } from "./command-line.ts";
import { endClientsWithUs } from "./interrupted.ts";
import { REPORTING, reporting } from "./reporting.ts";
import { commandSettings, FREE_PORTS } from "./settings.ts";
import { timeLimitMs } from "./time-limit.ts";
import { realServerOf, record, recordable, UPSTREAM } from "./upstream.ts";
import { chooseVendors } from "./vendors.ts";

export const FLAGS: Flags = {
  vendor: {
    type: "string",
    multiple: true,
    value: "<vendor>",
    doc: "check only requests to this vendor; several times for several",
  },
  "time-limit": {
    type: "string",
    value: "<seconds>",
    doc: "seconds that the command may take (default: no limit)",
  },
  ...UPSTREAM,
  ...REPORTING,
};

/** `fauxdr run -- <command>`: runs a command against a new mock, and judges the requests that it sent. */
export async function runCommand(args: readonly string[]): Promise<number> {
  const { own, settings, command } = commandLine("run", args, FLAGS, "command");
  const chosen = chooseVendors(own.texts("vendor"));
  const { failOn, deliver } = reporting(own, `fauxdr run -- ${command.join(" ")}`);
  const limitMs = timeLimitMs(own);
  const given = recordable(commandSettings(settings, process.env, FREE_PORTS), own);
  const real = realServerOf(own, given, chosen, process.env);
  const isReal = given.upstream !== "";
  endClientsWithUs();
  const worlds = createWorlds(given.journalEntries);
  const mock = await serve(given, worlds.add, undefined, false, real);
  const ca = giveCa(mock);
  const started = monotonic();
  const watched = watchStalls();
  const ended = await runProcess({
    command,
    env: {
      ...(isReal ? addressVariables(mock, chosen) : clientEnvironment(mock, chosen)),
      ...ca.environment,
      ...withoutProxy(mock.url, process.env),
    },
    inherit: true,
    secrets: [...secretsOf(mock.credentials), ...real.secrets],
    ...(limitMs !== undefined && { limitMs }),
  }).finally(async () => {
    ca.remove();
    await mock.close();
  });
  const stallMs = watched();
  record(own, mock.journal.entries, given, real.secrets);
  const durationMs = Math.round(monotonic() - started);
  // The report begins on a new line.
  if (ended.stdout !== "" && !ended.stdout.endsWith("\n")) process.stdout.write("\n");
  const { wire } = given;
  return deliver(
    judgeRun({ command, ended, durationMs, stallMs, worlds, vendors: chosen, wire, failOn }),
    own.texts("vendor") === undefined,
  );
}
