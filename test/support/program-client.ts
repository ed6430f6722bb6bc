import timers from "node:timers/promises";
import type { Client } from "../../src/contract/client.ts";
import { leakFinder } from "../../src/contract/leaks.ts";
import { type Fetch, plainFetch } from "./transports.ts";

const IMPORT = /^import \{([^}]*)\} from "node:timers\/promises";$/gm;

const AsyncFunction = (async () => {}).constructor as new (
  ...parts: string[]
) => (...values: unknown[]) => Promise<void>;

/**
 * Runs the text of a client, a module for Node, in this process: what `commandClient` does, in a fraction of the time. The
 * program has a `process`, a `console`, a clock and a `fetch` of its own: `connect` makes it. After the time limit, nothing it waits for comes.
 */
export function programClient(text: string, connect = (): Fetch => plainFetch): Client {
  const body = text.replace(IMPORT, (_, names: string) => {
    return `const {${names.replaceAll(" as ", ": ")}} = timers;`;
  });
  const program = new AsyncFunction("timers", "process", "console", "performance", "fetch", body);
  return async ({ environment, ...task }, limitMs, secrets = []) => {
    const calls = new Set<Promise<unknown>>();
    let timedOut = false;
    const unlessLate = async <T>(work: Promise<T>): Promise<T> => {
      await Promise.allSettled([work]);
      return timedOut ? new Promise<never>(() => {}) : work;
    };
    const said = { stdout: "", stderr: "" };
    const write = (name: keyof typeof said) => (line: unknown) => {
      said[name] += `${line}\n`;
    };
    const own = {
      env: {
        ...environment,
        FAUXDR_CASE: task.case,
        FAUXDR_VENDOR: task.vendor,
        FAUXDR_OPERATION: task.operation,
        FAUXDR_INPUT: JSON.stringify(task.input),
      },
      exitCode: 0,
    };
    const sleep: typeof timers.setTimeout = (ms, value) => unlessLate(timers.setTimeout(ms, value));
    const gone = new AbortController();
    const transport = connect();
    const call: Fetch = (input, init) => {
      const signal = AbortSignal.any([gone.signal, ...(init.signal ? [init.signal] : [])]);
      const reply = transport(input, { ...init, signal });
      calls.add(reply);
      return unlessLate(reply.finally(() => calls.delete(reply)));
    };
    const started = performance.now();
    const running = program(
      { ...timers, setTimeout: sleep },
      own,
      { log: write("stdout"), error: write("stderr") },
      { now: () => performance.now() - started },
      call,
    ).catch((error: unknown) => {
      write("stderr")(error instanceof Error ? error.stack : error);
      own.exitCode = 1;
    });
    const ended = new AbortController();
    const limit = timers
      .setTimeout(limitMs, undefined, { signal: ended.signal })
      .then(async () => {
        timedOut = true;
        // What it waits for is left, as by a process that is killed.
        gone.abort();
        await Promise.allSettled(calls);
      })
      .catch(() => {});
    await Promise.race([running, limit]);
    ended.abort();
    const leaks = (["stdout", "stderr"] as const).filter((name) =>
      leakFinder(secrets, { tokens: true }).add(said[name]),
    );
    return { exitCode: timedOut ? undefined : own.exitCode, timedOut, ...said, leaks };
  };
}
