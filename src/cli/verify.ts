import { runProbes } from "../contract/probe.ts";
import { machineDate } from "../core/clock.ts";
import type { Probe } from "../core/contract.ts";
import { KitError } from "../core/errors.ts";
import type { Vendor } from "../core/vendor.ts";
import { loadVendorDocument } from "../testing/vendor-documents.ts";
import { commandLine, type Flags } from "./command-line.ts";
import { noneChosen } from "./none-chosen.ts";
import { progress } from "./progress.ts";
import { REPORTING, reporting } from "./reporting.ts";
import { timeLimitMs } from "./time-limit.ts";
import { chooseVendors } from "./vendors.ts";

const { "fail-on-assumed": _, ...VERDICT } = REPORTING;

export const FLAGS: Flags = {
  vendor: {
    type: "string",
    multiple: true,
    value: "<vendor>",
    doc: "vendor whose API the server has; several times for several",
  },
  case: {
    type: "string",
    multiple: true,
    value: "<prefix>",
    doc: "only probes whose id starts with this",
  },
  "allow-destructive": {
    type: "boolean",
    doc: "also run probes that change the machines of --target",
  },
  target: {
    type: "string",
    multiple: true,
    value: "<id>",
    doc: "id of a machine that may be quarantined; several times for several",
  },
  "time-limit": {
    type: "string",
    value: "<seconds>",
    doc: "seconds that a reply may take (default 20)",
  },
  ...VERDICT,
};

/** `fauxdr verify <base-url>`: compares a server's replies with the vendor's documents. */
export async function verifyCommand(args: readonly string[]): Promise<number> {
  const { own, settings, words } = commandLine("verify", args, FLAGS, 1);
  const [flag] = settings.flags;
  if (flag !== undefined)
    throw new KitError(
      `fauxdr verify does not start a server, so it takes no settings: remove ${flag}.`,
    );
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
    throw new KitError(
      "--target needs a vendor, because an id belongs to one vendor: add --vendor.",
    );
  }
  const prefixes = own.texts("case");
  const { failOn, deliver } = reporting(own, `fauxdr verify ${url}`);
  const limitMs = timeLimitMs(own) ?? 20_000;
  const shown = progress(process.stderr);
  const results = [];
  for (const vendor of chosen) {
    const { probes, leftOut } = choose(vendor, prefixes, isDestructive);
    results.push(
      ...(await runProbes({
        url,
        document: await loadVendorDocument(vendor),
        probes,
        variables: process.env,
        targets,
        now: () => machineDate(0).getTime(),
        limitMs,
        failOn,
        onResult: shown.step,
      })),
    );
    shown.end();
    for (const line of leftOut) process.stderr.write(`left out: ${line}\n`);
  }
  if (results.length === 0) throw noneChosen("probe", chosen, prefixes);
  return deliver(results, prefixes === undefined);
}

function baseUrl(word: string | undefined): string {
  if (word === undefined) {
    throw new KitError(
      "fauxdr verify needs the base URL of a server: fauxdr verify http://127.0.0.1:4620",
    );
  }
  if (!/^https?:\/\/[^/?#@]+(\/[^?#]*)?$/.test(word)) {
    throw new KitError(`${word} is not a base URL such as https://api-tenant.example.com.`);
  }
  return word;
}

/** Without --vendor: the vendors whose credentials are in the environment. A real server has one vendor's API. */
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

/** The probes to send, and a line for each reason to leave some out. */
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
        ? [
            `${doing.length} probes of ${name} that change machines: add --allow-destructive --target ID`,
          ]
        : []),
      ...wanting.map(({ id, wants = [] }) => `${id}: set ${wants.join(" and ")}`),
    ],
  };
}
