import { redactor } from "../core/journal/redact.ts";
import { type ClientReport, isGood } from "./client-report.ts";
import { type Ended, runProcess } from "./process.ts";

/** What a client is told. */
export interface ClientTask {
  /** The case's id. */
  readonly case: string;
  readonly vendor: string;
  /** An operationId. */
  readonly operation: string;
  /** The vendor's contract says which members there are. */
  readonly input: Readonly<Record<string, unknown>>;
  /** Base URL and credentials, under the names that a process finds in its environment. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Does one task and ends. */
export type Client = (task: ClientTask, limitMs: number) => Promise<Ended>;

/** A command that is started for each task. */
export const commandClient =
  (command: readonly string[]): Client =>
  ({ environment, ...task }, limitMs) =>
    runProcess({
      command,
      limitMs,
      env: {
        ...environment,
        FAUXDR_CASE: task.case,
        FAUXDR_VENDOR: task.vendor,
        FAUXDR_OPERATION: task.operation,
        FAUXDR_INPUT: JSON.stringify(task.input),
      },
    });

/** A function of this process. What it throws is the outcome `failed`, as an exit code would be. */
export const functionClient =
  (client: (task: ClientTask) => Promise<ClientReport>): Client =>
  async (task, limitMs) => {
    const limit = AbortSignal.timeout(limitMs);
    const late = new Promise<undefined>((resolve) =>
      limit.addEventListener("abort", () => resolve(undefined)),
    );
    try {
      const report = await Promise.race([client(task), late]);
      if (!report) return { exitCode: undefined, timedOut: true, stdout: "", stderr: "" };
      const exitCode = isGood(report.outcome) ? 0 : 1;
      return { exitCode, timedOut: false, stdout: JSON.stringify(report), stderr: "" };
    } catch (error) {
      const stderr = error instanceof Error ? (error.stack ?? error.message) : String(error);
      return { exitCode: 1, timedOut: false, stdout: "", stderr };
    }
  };

/** The same end with secrets taken out of what was written. */
export function withoutSecrets(ended: Ended, secrets: readonly string[]): Ended {
  const { text } = redactor(secrets);
  return { ...ended, stdout: text(ended.stdout), stderr: text(ended.stderr) };
}
