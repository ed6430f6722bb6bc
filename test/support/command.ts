import { main } from "../../src/cli/main.ts";
import type { Ended } from "./process.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const STREAMS = ["stdout", "stderr"] as const;

/**
 * Runs a command line in this process: what `fauxdr` of process.ts does, in a fraction of the time. Not for what is about
 * the process itself, such as signals.
 */
export async function command(
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const { env } = process;
  const writes = STREAMS.map((name) => process[name].write);
  const listeners = SIGNALS.map((name) => process.listeners(name));
  const said = { stdout: "", stderr: "" };
  // Without the rest of the environment: it may hold settings of fauxdr.
  process.env = { PATH: env["PATH"], ...variables };
  for (const name of STREAMS) {
    process[name].write = (text: string | Uint8Array) => {
      said[name] += text;
      return true;
    };
  }
  try {
    const code = await main(args);
    return { code, signal: null, ...said };
  } finally {
    process.env = env;
    for (const [index, name] of STREAMS.entries()) {
      process[name].write = writes[index] as typeof process.stdout.write;
    }
    for (const [index, name] of SIGNALS.entries()) {
      for (const added of process.listeners(name)) {
        if (!listeners[index]?.includes(added)) process.off(name, added);
      }
    }
  }
}
