import { putProbes } from "../contract/probe.ts";
import { machineDate } from "../core/clock.ts";
import type { Probe } from "../core/contract.ts";
import { KitError } from "../core/errors.ts";
import type { Vendor } from "../core/vendor.ts";
import { loadDocument } from "../testing/vendor-documents.ts";
import { commandLine, type Flags } from "./command-line.ts";
import { progress } from "./progress.ts";
import { REPORTING, reporting } from "./reporting.ts";
import { chooseVendors } from "./vendors.ts";

const { "fail-on-assumed": _, ...VERDICT } = REPORTING;

export const FLAGS: Flags = {
  vendor: { type: "string", multiple: true, doc: "the vendor that the server stands for; or both" },
  case: { type: "string", multiple: true, doc: "only probes whose id begins so" },
  "allow-destructive": { type: "boolean", doc: "also do something to the machines of --target" },
  target: { type: "string", multiple: true, doc: "id of a machine that may be quarantined" },
  "time-limit": { type: "string", doc: "seconds that a reply may take; 20" },
  ...VERDICT,
};

/** `fauxdr verify <base-url>`: compares a server's replies with the vendor's documents. */
export async function verifyCommand(args: readonly string[]): Promise<number> {
  const { own, settings, words } = commandLine("verify", args, FLAGS, 1);
  const [flag] = settings.flags;
  if (flag !== undefined)
    throw new KitError(`fauxdr verify starts no server and takes no ${flag}.`);
  const url = baseUrl(words[0]);
  const chosen = vendorsOf(own.texts("vendor"));
  const targets = own.texts("target") ?? [];
  const isDestructive = own.isSet("allow-destructive");
  if (isDestructive !== targets.length > 0) {
    throw new KitError(
      "--allow-destructive and --target go together: name each machine that may be quarantined.",
    );
  }
  if (isDestructive && chosen.length > 1) {
    throw new KitError("A machine is one vendor's: with --target, say which with --vendor.");
  }
  const prefixes = own.texts("case");
  const { strict, deliver } = reporting(own, `fauxdr verify ${url}`);
  const limitMs = 1000 * (own.count("time-limit") ?? 20);
  const shown = progress(process.stderr);
  const results = [];
  for (const vendor of chosen) {
    const { probes, leftOut } = choose(vendor, prefixes, isDestructive);
    results.push(
      ...(await putProbes({
        url,
        document: await loadDocument(vendor),
        probes,
        variables: process.env,
        targets,
        now: () => machineDate(0).getTime(),
        limitMs,
        strict,
        onResult: shown.step,
      })),
    );
    shown.end();
    for (const line of leftOut) process.stderr.write(`left out: ${line}\n`);
  }
  if (results.length === 0) {
    throw new KitError("No probe has a name that begins so: see fauxdr cases --probes.");
  }
  return deliver(results, prefixes === undefined);
}

function baseUrl(word: string | undefined): string {
  if (word === undefined) {
    throw new KitError(
      "fauxdr verify needs the base URL of a server: fauxdr verify http://127.0.0.1:4620",
    );
  }
  if (!/^https?:\/\/[^/?#@]+(\/[^?#]*)?$/.test(word)) {
    throw new KitError(`${word} is no base URL such as https://api-tenant.example.com.`);
  }
  return word;
}

/** Without a word, those whose credentials are in the environment: a real server is of one vendor. */
function vendorsOf(names: readonly string[] | undefined): readonly Vendor[] {
  const chosen = chooseVendors(names);
  if (names !== undefined) return chosen;
  const told = chosen.filter(({ contract }) =>
    Object.keys(contract.environment("", [], undefined)).some((name) => process.env[name]),
  );
  if (told.length > 0) return told;
  throw new KitError(
    "fauxdr verify finds no credentials in the environment: set the variables that fauxdr env lists.",
  );
}

/** The probes to put, and a line for those that are not. */
function choose(
  { name, contract }: Vendor,
  prefixes: readonly string[] | undefined,
  isDestructive: boolean,
): { readonly probes: readonly Probe[]; readonly leftOut: readonly string[] } {
  const named = contract.probes.filter(
    ({ id }) => prefixes?.some((prefix) => id.startsWith(prefix)) ?? true,
  );
  const doing = named.filter(({ destructive }) => destructive && !isDestructive);
  const wanting = named.filter(({ wants = [] }) => !wants.every((one) => process.env[one]));
  return {
    probes: named.filter((probe) => !doing.includes(probe) && !wanting.includes(probe)),
    leftOut: [
      ...(doing.length > 0
        ? [`${doing.length} probes of ${name} that do something: --allow-destructive --target ID`]
        : []),
      ...wanting.map(({ id, wants = [] }) => `${id}: ${wants.join(" and ")} are not set`),
    ],
  };
}
