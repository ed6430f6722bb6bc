import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll } from "vitest";
import { pathOf } from "./programs.ts";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

let started: Promise<Browser> | undefined;

afterAll(async () => {
  await (await started)?.close();
  started = undefined;
});

/** A page in a browser of this machine. The test is skipped where there is none. */
export async function openPage(
  options: Parameters<Browser["newPage"]>[0] = {},
): Promise<Page & AsyncDisposable & { readonly complaints: readonly string[] }> {
  const executablePath = pathOf("Chromium");
  started ??= chromium.launch({
    executablePath,
    args: FLAGS,
  });
  const page = await (await started).newPage({
    viewport: { width: 1200, height: 700 },
    ...options,
  });
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  return Object.assign(page, {
    complaints,
    [Symbol.asyncDispose]: () => page.context().close(),
  });
}
