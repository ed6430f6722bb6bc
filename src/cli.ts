#!/usr/bin/env node
import * as nodeModule from "node:module";
import { KitError } from "./core/errors.ts";
import { version } from "./version.ts";

/** Each command returns its exit code: 0 passed, 1 findings, 2 could not run. */
const COMMANDS: Readonly<
  Record<string, () => Promise<(args: readonly string[]) => Promise<number>>>
> = {
  serve: async () => (await import("./cli/serve.ts")).serveCommand,
  run: async () => (await import("./cli/run.ts")).runCommand,
  check: async () => (await import("./cli/check.ts")).checkCommand,
  verify: async () => (await import("./cli/verify.ts")).verifyCommand,
  cases: async () => (await import("./cli/cases.ts")).casesCommand,
  ledger: async () => (await import("./cli/ledger.ts")).ledgerCommand,
  health: async () => (await import("./cli/health.ts")).healthCommand,
  env: async () => (await import("./cli/env.ts")).envCommand,
};

async function main([first, ...rest]: readonly string[]): Promise<number> {
  if (first === "--help" || first === "-h" || first === "help") {
    process.stdout.write((await import("./cli/help.ts")).help());
    return 0;
  }
  if (first === "--version" || first === "-v") {
    const { vendors } = await import("./vendors/index.ts");
    const emulated = vendors.map(({ title, emulates }) => `${title}: ${emulates}\n`);
    process.stdout.write(`${version}\n${emulated.join("")}`);
    return 0;
  }
  if (rest[0] === "--help") return main(["--help"]);
  const bare = first === undefined || first.startsWith("-");
  const name = bare ? "serve" : first;
  const load = Object.hasOwn(COMMANDS, name) && COMMANDS[name];
  if (!load) {
    throw new KitError(
      `There is no command "${first}": choose from ${Object.keys(COMMANDS).join(", ")}, or run fauxdr --help.`,
    );
  }
  const args = bare ? [first, ...rest].filter((arg) => arg !== undefined) : rest;
  return (await load())(args);
}

// Node 22.1 and later can cache compiled code: the second start on a machine takes a tenth less time.
(nodeModule as { enableCompileCache?: () => unknown }).enableCompileCache?.();

// The reader of the output may go away (`fauxdr | head -1`): the server keeps running.
for (const output of [process.stdout, process.stderr]) output.on("error", () => {});

// No top-level await: an executable holds the command as CommonJS.
main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const text =
      error instanceof KitError ? error.message : error instanceof Error ? error.stack : error;
    process.stderr.write(`fauxdr: ${text}\n`);
    process.exitCode = 2;
  },
);
