#!/usr/bin/env node
import { help } from "./cli/help.ts";
import { KitError } from "./core/errors.ts";
import { version } from "./version.ts";

/** Each command answers its exit code: 0 all right, 1 findings, 2 could not run. */
const COMMANDS: Readonly<
  Record<string, () => Promise<(args: readonly string[]) => Promise<number>>>
> = {
  serve: async () => (await import("./cli/serve.ts")).serveCommand,
};

async function main([first, ...rest]: readonly string[]): Promise<number> {
  if (first === "--help" || first === "-h" || first === "help") {
    process.stdout.write(help());
    return 0;
  }
  if (first === "--version" || first === "-v") {
    process.stdout.write(`${version}\n`);
    return 0;
  }
  const bare = first === undefined || first.startsWith("-");
  const load = COMMANDS[bare ? "serve" : first];
  if (!load) {
    throw new KitError(
      `There is no command "${first}": fauxdr knows ${Object.keys(COMMANDS).join(", ")}; see fauxdr --help.`,
    );
  }
  const args = bare ? [first, ...rest].filter((arg) => arg !== undefined) : rest;
  return (await load())(args);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const text =
    error instanceof KitError ? error.message : error instanceof Error ? error.stack : error;
  process.stderr.write(`fauxdr: ${text}\n`);
  process.exitCode = 2;
}
