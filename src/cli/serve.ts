import { renameSync, rmSync, writeFileSync } from "node:fs";
import { KitError } from "../core/errors.ts";
import { jsonLine, textLine } from "../log.ts";
import { serve } from "../mock.ts";
import { vendors } from "../vendors/index.ts";
import { version } from "../version.ts";
import { banner } from "./banner.ts";
import { settingsOf } from "./settings.ts";

/** `fauxdr serve`: listens until it is told to stop. */
export async function serveCommand(args: readonly string[]): Promise<number> {
  const settings = settingsOf(args, process.env);
  const { logFormat, log, readyFile } = settings;
  const print = (line: string): void => void process.stdout.write(`${line}\n`);
  const line = logFormat === "json" ? jsonLine : textLine;
  const mock = await serve(
    settings,
    log === "none" ? () => {} : (exchange) => print(line(exchange)),
  );
  const ready = JSON.stringify({ url: mock.url, pid: process.pid, version });
  try {
    const stopped = untilStopped();
    if (readyFile !== "") writeReady(readyFile, ready);
    if (logFormat === "text") print(`${banner(mock.url, mock, vendors)}`);
    print(
      logFormat === "json"
        ? ready
        : `fauxdr ${version} listens on ${mock.url} (control: ${mock.url}/__admin/health)`,
    );
    await stopped;
    if (readyFile !== "") rmSync(readyFile, { force: true });
  } finally {
    await mock.close();
  }
  return 0;
}

/** In one step: whoever sees the file sees all of it. */
function writeReady(file: string, content: string): void {
  const draft = `${file}.${process.pid}`;
  try {
    writeFileSync(draft, `${content}\n`);
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw new KitError(`The ready file ${file} cannot be written: ${(error as Error).message}.`);
  }
}

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
}
