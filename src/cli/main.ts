import { KitError } from "../core/errors.ts";
import { didYouMean } from "../core/nearest.ts";
import { version } from "../version.ts";

/** Each command returns its exit code: 0 passed, 1 findings, 2 could not run. */
const COMMANDS: Readonly<
  Record<string, () => Promise<(args: readonly string[]) => Promise<number>>>
> = {
  serve: async () => (await import("./serve.ts")).serveCommand,
  run: async () => (await import("./run.ts")).runCommand,
  check: async () => (await import("./check.ts")).checkCommand,
  verify: async () => (await import("./verify.ts")).verifyCommand,
  cases: async () => (await import("./cases.ts")).casesCommand,
  ledger: async () => (await import("./ledger.ts")).ledgerCommand,
  also: async () => (await import("./also.ts")).alsoCommand,
  health: async () => (await import("./health.ts")).healthCommand,
  env: async () => (await import("./env.ts")).envCommand,
};

/** Runs `fauxdr <args>` and returns its exit code. An error is printed, and is exit code 2. */
export async function main(args: readonly string[]): Promise<number> {
  try {
    return await run(args);
  } catch (error) {
    const text =
      error instanceof KitError ? error.message : error instanceof Error ? error.stack : error;
    process.stderr.write(`fauxdr: ${text}\n`);
    return 2;
  }
}

async function run(args: readonly string[]): Promise<number> {
  const [first, second] = args;
  const bare = first === undefined || first.startsWith("-");
  if (first === "help") return help(second);
  if (flagsOf(args).some((arg) => arg === "--help" || arg === "-h")) {
    return help(bare ? undefined : first);
  }
  if (first === "--version" || first === "-v" || first === "version") {
    const { vendors } = await import("../vendors/index.ts");
    const emulated = vendors.map(({ title, emulates }) => `${title}: ${emulates}\n`);
    process.stdout.write(`${version}\n${emulated.join("")}`);
    return 0;
  }
  const name = bare ? "serve" : first;
  const load = Object.hasOwn(COMMANDS, name) && COMMANDS[name];
  if (!load) throw unknown(name);
  return (await load())(bare ? args : args.slice(1));
}

/** The arguments before `--`. The rest is another command. */
const flagsOf = (args: readonly string[]): readonly string[] =>
  args.includes("--") ? args.slice(0, args.indexOf("--")) : args;

/** `fauxdr help`, or of one command. */
async function help(name?: string): Promise<number> {
  const { COMMANDS: described, help: ofAll, helpOf } = await import("./help.ts");
  const command = name !== undefined && Object.hasOwn(described, name) && described[name];
  if (name !== undefined && !command) throw unknown(name);
  process.stdout.write(name !== undefined && command ? helpOf(name, command) : ofAll());
  return 0;
}

function unknown(name: string): KitError {
  const names = [...Object.keys(COMMANDS), "version", "help"];
  const advice = didYouMean(name, names, `choose from ${names.join(", ")}`);
  return new KitError(`There is no command "${name}": ${advice}`);
}
