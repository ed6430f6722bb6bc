import { spawn, spawnSync } from "node:child_process";
import { leakFinder } from "./leaks.ts";
import { windowsCommand } from "./windows-command.ts";

/** Where a client can print. */
export type Stream = "stdout" | "stderr";

/** How a client's process ended. */
export interface Ended {
  /** Undefined if it was killed. */
  readonly exitCode: number | undefined;
  /** The signal that ended it. */
  readonly signal?: string;
  /** It reached its time limit, and was killed. */
  readonly timedOut: boolean;
  /** A bug that a client in this process threw, such as a TypeError. */
  readonly threw?: string;
  /** The streams on which it printed a secret. */
  readonly leaks?: readonly Stream[];
  /** Why it could not be started. */
  readonly notStarted?: string;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Undefined for no limit. */
  readonly limitMs?: number;
  /** It shares input and output with this process. */
  readonly inherit?: boolean;
  /** Texts that it must not print. */
  readonly secrets?: readonly string[];
  /** Nor any signed token. */
  readonly tokens?: boolean;
}

/** A report needs less of a client's output. */
const MOST_OUTPUT = 64 * 1024;

/** The id of no process. */
const NONE = -1;

/** Running process groups, by their leader. */
const groups = new Set<number>();

/** Kills all running clients, with the processes that they started. */
export function killAll(platform: NodeJS.Platform = process.platform): void {
  for (const group of groups) kill(group, platform);
}

function kill(group: number, platform: NodeJS.Platform): void {
  // Windows has no process groups. Its own tool ends a process with its descendants, as long as the process itself runs.
  if (platform === "win32") {
    spawnSync("taskkill", ["/pid", String(group), "/T", "/F"], { stdio: "ignore" });
    return;
  }
  try {
    process.kill(-group, "SIGKILL");
  } catch {
    // It has already ended.
  }
}

const plain = ([file = "", ...args]: readonly string[]) => ({ file, args });

/** Runs a client's command until it ends or reaches its time limit. Then kills its whole process group. */
export function runProcess(
  { command, env: more, limitMs, inherit, secrets = [], tokens = false }: Running,
  platform: NodeJS.Platform = process.platform,
): Promise<Ended> {
  const env = { ...process.env, ...more };
  const isWindows = platform === "win32";
  const { file, args, ...how } = isWindows ? windowsCommand(command, env) : plain(command);
  return new Promise((resolve) => {
    const output = { stdout: "", stderr: "" };
    const leaks = new Set<Stream>();
    let timedOut = false;
    const child = spawn(file, args, {
      ...how,
      env,
      stdio: [inherit ? "inherit" : "ignore", "pipe", "pipe"],
      // It makes a process group; on Windows it would open a window.
      detached: !isWindows,
      windowsHide: true,
    });
    // It has none if it could not be started.
    const { pid = NONE } = child;
    if (pid !== NONE) groups.add(pid);
    // After its end, its id may belong to another process.
    const end = (): void => {
      if (groups.delete(pid)) kill(pid, platform);
    };
    const limit = limitMs === undefined ? undefined : AbortSignal.timeout(limitMs);
    limit?.addEventListener("abort", () => {
      timedOut = groups.has(pid);
      end();
    });
    for (const name of ["stdout", "stderr"] as const) {
      const finder = leakFinder(secrets, { tokens });
      child[name].setEncoding("utf8").on("data", (text: string) => {
        if (inherit) process[name].write(text);
        if (finder.add(text)) leaks.add(name);
        // Keep the end of the output: the client's report is there.
        output[name] = (output[name] + text).slice(-MOST_OUTPUT);
      });
    }
    child.once("error", (error) =>
      resolve({ exitCode: undefined, timedOut: false, notStarted: error.message, ...output }),
    );
    // Its background processes must not outlive the server that they call. Windows no longer knows them at this point.
    child.once("exit", isWindows ? () => void groups.delete(pid) : end);
    child.once("close", (code, signal) =>
      resolve({
        exitCode: code ?? undefined,
        ...(signal && { signal }),
        timedOut,
        ...(leaks.size > 0 && { leaks: [...leaks] }),
        ...output,
      }),
    );
  });
}
