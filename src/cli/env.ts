import { resolve } from "node:path";
import { quoted } from "../core/shell.ts";
import { createTenants } from "../server/tenants.ts";
import { tenantSettingsOf } from "../settings/read.ts";
import { vendors } from "../vendors/index.ts";
import { addressesOf } from "./addresses.ts";
import { clientEnvironment } from "./client-environment.ts";
import { commandLine, type Flags } from "./command-line.ts";
import { commandSettings } from "./settings.ts";
import { chooseVendors } from "./vendors.ts";

export const FLAGS: Flags = {
  vendor: {
    type: "string",
    multiple: true,
    value: "<vendor>",
    doc: "only variables of this vendor; several times for several",
  },
};

/** `eval "$(fauxdr env)"`: prints what a client needs to reach a mock that was started with the same settings. */
export async function envCommand(args: readonly string[]): Promise<number> {
  const { own, settings } = commandLine("env", args, FLAGS);
  const given = commandSettings(settings, process.env);
  const addresses = addressesOf(given, "fauxdr env");
  const chosen = chooseVendors(own.texts("vendor"));
  const { default: tenant } = await createTenants(vendors, tenantSettingsOf(given));
  const credentials = Object.fromEntries(
    chosen.map((vendor) => [vendor.name, vendor.credentials(tenant)]),
  );
  const ca = given.tls && given.caOut ? { FAUXDR_CA_FILE: resolve(given.caOut) } : {};
  const variables = { ...clientEnvironment({ ...addresses, credentials }, chosen), ...ca };
  for (const [name, value] of Object.entries(variables)) {
    process.stdout.write(`export ${name}=${shellWord(value)}\n`);
  }
  return 0;
}

/** Unquoted if the shell reads it unchanged. */
const shellWord = (text: string): string => (/^[\w:/.-]+$/.test(text) ? text : quoted(text));
