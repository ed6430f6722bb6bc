import type { Exchange } from "../core/journal/journal.ts";
import { type Mock, serve } from "../mock.ts";
import type { SharedPlace } from "../server/shared/place.ts";
import { MEMORY } from "../settings/checks.ts";
import type { Settings } from "../settings/table.ts";
import { vendors } from "../vendors/index.ts";
import { version } from "../version.ts";
import { banner, longBanner } from "./banner.ts";
import { commandLine, type Flags, type Own } from "./command-line.ts";
import { jsonLine, textLine } from "./log.ts";
import { writeOwnFile } from "./own-file.ts";
import { commandSettings } from "./settings.ts";
import { realServerOf, record, recordable, UPSTREAM } from "./upstream.ts";

export const FLAGS: Flags = {
  verbose: {
    type: "boolean",
    doc: "at the start, print all credentials, the reserved ids and a sample request for each vendor",
  },
  ...UPSTREAM,
};

/** `fauxdr serve`: listens until a signal stops it. */
export async function serveCommand(args: readonly string[]): Promise<number> {
  const { own, settings: given } = commandLine("serve", args, FLAGS);
  const settings = recordable(commandSettings(given, process.env), own);
  const { store, storePrefix, storeIdleSeconds } = settings;
  if (store === MEMORY) return serveUntilStopped(settings, own);
  const { connectRedis } = await import("../server/shared/redis.ts");
  const place = await connectRedis({
    url: store,
    prefix: storePrefix,
    idleSeconds: storeIdleSeconds,
  });
  return serveUntilStopped(settings, own, place).finally(place.close);
}

/** Everything for a first call, and the URLs. The last line means that the server is ready. */
function readyLines(mock: Mock, isBrief: boolean): string {
  const { url, tlsUrl } = mock;
  const line = `fauxdr ${version} listens on ${tlsUrl ? `${url} and ${tlsUrl}` : url} (inspector: ${url}/__admin/)`;
  return isBrief ? line : `${banner(mock, vendors)}\n${line}`;
}

async function serveUntilStopped(
  settings: Settings,
  own: Own,
  place?: SharedPlace,
): Promise<number> {
  const { logFormat, log, readyFile, caOut } = settings;
  const print = (line: string): void => void process.stdout.write(`${line}\n`);
  const line = logFormat === "json" ? jsonLine : textLine;
  const onExchange = (exchange: Exchange): void => print(line(exchange));
  const real = realServerOf(own, settings, vendors, process.env);
  const isVerbose = own.isSet("verbose");
  const mock = await serve(settings, log === "none" ? undefined : onExchange, place, false, real);
  const { url, tlsUrl, ca } = mock;
  const ready = JSON.stringify({ url, tlsUrl, pid: process.pid, version });
  const written: (() => void)[] = [];
  try {
    const stopped = untilStopped();
    // The CA first: a client may use it as soon as the ready file is there.
    if (caOut !== "" && ca !== undefined) written.push(writeOwnFile(caOut, ca, "CA"));
    if (readyFile !== "") written.push(writeOwnFile(readyFile, `${ready}\n`, "ready"));
    if (isVerbose && logFormat === "text") print(longBanner(url, mock, vendors));
    print(logFormat === "json" ? ready : readyLines(mock, log === "none"));
    await stopped;
  } finally {
    for (const remove of written) remove();
    await mock.close();
    record(own, mock.journal.entries, settings, real.secrets);
  }
  return 0;
}

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
}
