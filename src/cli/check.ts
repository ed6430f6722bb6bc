import { availableParallelism } from "node:os";
import { check } from "../contract/check.ts";
import { caseFilter } from "../contract/choose.ts";
import { commandClient } from "../contract/client.ts";
import { readProfile } from "../contract/traits.ts";
import { serve } from "../mock.ts";
import { mockTarget } from "../testing/mock-target.ts";
import { giveCa, withoutProxy } from "./client-environment.ts";
import { commandLine, type Flags } from "./command-line.ts";
import { endClientsWithUs } from "./interrupted.ts";
import { noneChosen } from "./none-chosen.ts";
import { progress } from "./progress.ts";
import { REPORTING, reporting } from "./reporting.ts";
import { commandSettings, FREE_PORTS } from "./settings.ts";
import { timeLimitMs } from "./time-limit.ts";
import { chooseVendors } from "./vendors.ts";

export const FLAGS: Flags = {
  vendor: {
    type: "string",
    multiple: true,
    value: "<vendor>",
    doc: "only cases of this vendor; several times for several",
  },
  case: {
    type: "string",
    multiple: true,
    value: "<prefix>",
    doc: "only cases whose id starts with this",
  },
  has: {
    type: "string",
    multiple: true,
    value: "<trait>",
    doc: "a trait of the client (see fauxdr cases --traits)",
  },
  lacks: {
    type: "string",
    multiple: true,
    value: "<trait>",
    doc: "a trait that the client does not have",
  },
  "time-limit": {
    type: "string",
    value: "<seconds>",
    doc: "seconds that a case may take (default 20; longer where a server never answers)",
  },
  jobs: {
    type: "string",
    value: "<number>",
    doc: "cases to run at once (default: 16, or two for each processor; few of them start at once)",
  },
  ...REPORTING,
};

/** `fauxdr check -- <client command>`: runs the contract cases against a client. */
export async function checkCommand(args: readonly string[]): Promise<number> {
  const { own, settings, command } = commandLine("check", args, FLAGS, "command");
  const chosen = chooseVendors(own.texts("vendor"));
  const prefixes = own.texts("case");
  const { failOn, deliver } = reporting(own, `fauxdr check -- ${command.join(" ")}`);
  const profile = readProfile(chosen, own.texts("has") ?? [], own.texts("lacks") ?? []);
  const isChosen = caseFilter(chosen, prefixes);
  const limitMs = timeLimitMs(own);
  const starting = 2 * availableParallelism();
  const jobs = own.count("jobs") ?? Math.max(16, starting);
  const given = commandSettings(settings, process.env, FREE_PORTS);
  endClientsWithUs();
  const mock = await serve(given);
  // Loaded only here: without https there are no certificates.
  const impostors =
    mock.tlsUrl === undefined
      ? undefined
      : await (await import("../testing/impostors.ts")).createImpostors({
          url: mock.tlsUrl,
          ca: mock.ca,
        });
  const ca = giveCa(mock, impostors?.ca);
  const shown = progress(process.stderr);
  try {
    const results = await check({
      target: mockTarget(
        mock,
        { ...ca.environment, ...withoutProxy(mock.url, process.env) },
        impostors,
      ),
      client: commandClient(command),
      vendors: chosen,
      isChosen,
      limitMs,
      jobs,
      starting,
      failOn,
      profile,
      onResult: shown.step,
    });
    shown.end();
    if (results.length === 0) throw noneChosen("case", chosen, prefixes);
    return deliver(results, prefixes === undefined && own.texts("vendor") === undefined);
  } finally {
    ca.remove();
    await mock.close();
  }
}
