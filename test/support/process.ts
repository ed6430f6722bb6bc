import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { onTestFinished } from "vitest";
import { built } from "./built.ts";

type Variables = Readonly<Record<string, string>>;

/** How a process ended, and its output. */
export interface Ended {
  readonly code: number | null;
  /** The signal that ended it, where it did not end by itself. */
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built product until it ends. */
export function fauxdr(args: readonly string[], variables: Variables = {}): Promise<Ended> {
  return start(args, variables).ended;
}

/** The built product, serving. */
export interface Server extends AsyncDisposable {
  readonly url: string;
  readonly child: ChildProcess;
  /** What it has written to stdout so far. */
  output(): string;
  /** The first line of stdout that fits, as soon as it is there. */
  line(pattern: RegExp): Promise<string>;
  /** Sends a signal and waits until the process has ended. */
  stop(signal?: NodeJS.Signals): Promise<Ended>;
}

/** Starts the built product and waits for its ready line. */
export async function startServer(
  args: readonly string[],
  variables: Variables = {},
): Promise<Server> {
  const { child, ended, line, output } = start(args, variables);
  const ready = await line(/^fauxdr \S+ listens on |^\{"url":/);
  return {
    url: /http:\/\/[^\s"]+/.exec(ready)?.[0] ?? "",
    child,
    output,
    line,
    stop: (signal = "SIGTERM") => {
      child.kill(signal);
      return ended;
    },
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

interface Started extends Pick<Server, "child" | "output" | "line"> {
  readonly ended: Promise<Ended>;
}

function start(args: readonly string[], variables: Variables): Started {
  // Without the rest of the environment: it may hold settings of fauxdr.
  const env = { PATH: process.env["PATH"], ...variables };
  const child = spawn(process.execPath, [built("cli.cjs"), ...args], { env });
  // A process that hangs makes its test red, and does not outlive it.
  onTestFinished(() => void child.kill("SIGKILL"));
  const said = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      said[name] += text;
    });
  }
  const ended = once(child, "close").then(([code, signal]) => ({ code, signal, ...said }));
  const line = (pattern: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const whole = said.stdout.split("\n").slice(0, -1);
        const found = whole.find((candidate) => pattern.test(candidate));
        if (found !== undefined) resolve(found);
      };
      child.stdout.on("data", look);
      ended.then(() => reject(new Error(`no line ${pattern}: ${said.stdout}${said.stderr}`)));
      look();
    });
  return { child, ended, line, output: () => said.stdout };
}
