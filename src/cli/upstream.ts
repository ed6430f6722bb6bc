import { KitError } from "../core/errors.ts";
import { toHar } from "../core/journal/har.ts";
import type { Exchange } from "../core/journal/journal.ts";
import type { Vendor } from "../core/vendor.ts";
import type { RealServer } from "../mock.ts";
import { clean } from "../recording/clean.ts";
import { readHar } from "../recording/har.ts";
import { cleanHar } from "../recording/write-har.ts";
import type { Settings } from "../settings/table.ts";
import { version } from "../version.ts";
import { realSecrets } from "./client-environment.ts";
import type { Flags, Own } from "./command-line.ts";
import { writeOwnFile } from "./own-file.ts";

/** The flags of the commands that may stand before a real server. */
export const UPSTREAM: Flags = {
  record: {
    type: "string",
    value: "<file>",
    doc: "file to write the calls into at the end (HAR), without credentials and names",
  },
  "allow-destructive": {
    type: "boolean",
    doc: "with --upstream: also pass on calls that act on the machines of --target",
  },
  target: {
    type: "string",
    multiple: true,
    value: "<id>",
    doc: "id of a machine that calls may act on; several times for several",
  },
};

/** What the flags allow. Throws a KitError where they do not fit together. */
export function realServerOf(
  own: Own,
  { upstream }: Settings,
  vendors: readonly Vendor[],
  env: NodeJS.ProcessEnv,
): RealServer {
  const targets = own.texts("target") ?? [];
  const isDestructive = own.isSet("allow-destructive");
  if (isDestructive !== targets.length > 0) {
    throw new KitError(
      "--allow-destructive and --target go together: name each machine that calls may act on.",
    );
  }
  if (isDestructive && upstream === "") {
    throw new KitError("--allow-destructive needs a real server: give its URL with --upstream.");
  }
  return { targets, secrets: upstream === "" ? [] : realSecrets(vendors, env) };
}

/** A recording needs whole bodies, and the values of all names. Credentials are never in the journal. */
export const recordable = (settings: Settings, own: Own): Settings =>
  own.text("record") === undefined
    ? settings
    : { ...settings, journalShows: "all", journalBodyBytes: 10_485_760 };

/** Writes what `--record` asks for. */
export function record(
  own: Own,
  exchanges: () => readonly Exchange[],
  { upstream }: Settings,
  secrets: readonly string[],
): void {
  const file = own.text("record");
  if (file === undefined) return;
  const calls = exchanges().filter(({ vendor, upstream: real }) => vendor && !real?.heldBack);
  const { calls: read } = readHar(JSON.stringify(toHar(calls, version)), "of this run");
  const servers = upstream === "" ? [] : [new URL(upstream).hostname];
  writeOwnFile(file, cleanHar(clean(read, secrets, servers), version), "recording");
}
