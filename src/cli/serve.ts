import type { Exchange } from "../core/journal/journal.ts";
import { serve } from "../mock.ts";
import type { SharedPlace } from "../server/shared/transaction.ts";
import { MEMORY } from "../settings/checks.ts";
import type { Settings } from "../settings/table.ts";
import { vendors } from "../vendors/index.ts";
import { version } from "../version.ts";
import { banner } from "./banner.ts";
import { commandLine } from "./command-line.ts";
import { jsonLine, textLine } from "./log.ts";
import { writeOwnFile } from "./own-file.ts";
import { settingsOf } from "./settings.ts";

/** `fauxdr serve`: listens until a signal stops it. */
export async function serveCommand(args: readonly string[]): Promise<number> {
  const settings = settingsOf(commandLine("serve", args, {}).settings, process.env);
  const { store } = settings;
  if (store === MEMORY) return serveUntilStopped(settings);
  const { connectRedis } = await import("../server/shared/redis.ts");
  const place = await connectRedis(store);
  return serveUntilStopped(settings, place).finally(place.close);
}

async function serveUntilStopped(settings: Settings, place?: SharedPlace): Promise<number> {
  const { logFormat, log, readyFile, caOut } = settings;
  const print = (line: string): void => void process.stdout.write(`${line}\n`);
  const line = logFormat === "json" ? jsonLine : textLine;
  const onExchange = (exchange: Exchange): void => print(line(exchange));
  const mock = await serve(settings, log === "none" ? undefined : onExchange, place);
  const { url, tlsUrl, ca } = mock;
  const ready = JSON.stringify({ url, tlsUrl, pid: process.pid, version });
  const written: (() => void)[] = [];
  try {
    const stopped = untilStopped();
    // The CA first: a client may use it as soon as the ready file is there.
    if (caOut !== "" && ca !== undefined) written.push(writeOwnFile(caOut, ca, "CA"));
    if (readyFile !== "") written.push(writeOwnFile(readyFile, `${ready}\n`, "ready"));
    if (logFormat === "text") print(`${banner(url, mock, vendors)}`);
    print(
      logFormat === "json"
        ? ready
        : `fauxdr ${version} listens on ${tlsUrl ? `${url} and ${tlsUrl}` : url} (inspector: ${url}/__admin/)`,
    );
    await stopped;
  } finally {
    for (const remove of written) remove();
    await mock.close();
  }
  return 0;
}

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
}
