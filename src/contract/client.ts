import { redactor } from "../core/journal/redact.ts";
import { type ClientReport, isGood } from "./client-report.ts";
import { leakFinder } from "./leaks.ts";
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

/** Does one task and ends. It must print none of the secrets. */
export type Client = (
  task: ClientTask,
  limitMs: number,
  secrets?: readonly string[],
) => Promise<Ended>;

/** A command that is started for each task. */
export const commandClient =
  (command: readonly string[]): Client =>
  ({ environment, ...task }, limitMs, secrets = []) =>
    runProcess({
      command,
      limitMs,
      secrets,
      env: {
        ...environment,
        FAUXDR_CASE: task.case,
        FAUXDR_VENDOR: task.vendor,
        FAUXDR_OPERATION: task.operation,
        FAUXDR_INPUT: JSON.stringify(task.input),
      },
    });

/**
 * A function of this process. What it throws is the outcome `failed`, as an exit code would be; a mistake of the client's
 * own, such as a TypeError, is told apart.
 */
export const functionClient =
  (client: (task: ClientTask) => Promise<ClientReport>): Client =>
  async (task, limitMs, secrets = []) => {
    const limit = AbortSignal.timeout(limitMs);
    const late = new Promise<undefined>((resolve) =>
      limit.addEventListener("abort", () => resolve(undefined)),
    );
    const ended = (rest: Partial<Ended>): Ended => {
      const end = { exitCode: undefined, timedOut: false, stdout: "", stderr: "", ...rest };
      const streams = ["stdout", "stderr"] as const;
      const leaks = streams.filter((name) => leakFinder(secrets).add(end[name]));
      return { ...end, ...(leaks.length > 0 && { leaks }) };
    };
    try {
      const report = await Promise.race([client(task), late]);
      if (!report)
        return ended({ timedOut: limit.aborted, ...(!limit.aborted && { exitCode: 0 }) });
      const exitCode = isGood(report.outcome) ? 0 : 1;
      return ended({ exitCode, stdout: JSON.stringify(report) });
    } catch (error) {
      const stderr = error instanceof Error ? (error.stack ?? error.message) : String(error);
      return ended({ exitCode: 1, stderr, ...(isMistake(error) && { threw: String(error) }) });
    }
  };

/** What `fetch` throws of a broken connection is a TypeError as well, and has a cause. */
const isMistake = (error: unknown): boolean =>
  (error instanceof TypeError && error.cause === undefined) ||
  error instanceof ReferenceError ||
  error instanceof RangeError;

/** The same end with secrets taken out of what was written. */
export function withoutSecrets(ended: Ended, secrets: readonly string[]): Ended {
  const { text } = redactor(secrets);
  return {
    ...ended,
    stdout: text(ended.stdout),
    stderr: text(ended.stderr),
    ...(ended.threw !== undefined && { threw: text(ended.threw) }),
  };
}
