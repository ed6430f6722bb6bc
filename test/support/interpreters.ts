import { execFile, spawnSync } from "node:child_process";

/** Whether this machine can run a sample, and what to say in a test's title where it cannot. */
export interface Interpreter {
  /** Never on a CI machine: what is missing there is a failure, not an excuse. */
  readonly skip: boolean;
  readonly note: string;
}

/** Looks for an interpreter by running a command that only succeeds where everything the sample needs is there. */
export function interpreter(command: string, ...probe: readonly string[]): Interpreter {
  const missing = spawnSync(command, probe).status !== 0;
  return {
    skip: missing && !process.env["CI"],
    note: missing ? ` (cannot run here: ${command} ${probe.join(" ")} fails)` : "",
  };
}

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program with these variables besides PATH; the server in this process goes on answering meanwhile. */
export function run(
  command: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  // Without the rest of the environment: a proxy that is set there would get the request.
  const env = { PATH: process.env["PATH"], ...variables };
  return new Promise((resolve, reject) => {
    execFile(command, args, { env }, (error, stdout, stderr) => {
      if (error && typeof error.code !== "number") return reject(error);
      return resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}
