import { redactor } from "../core/journal/redact.ts";
import { type ClientReport, isGood } from "./client-report.ts";
import { leakFinder } from "./leaks.ts";
import { type Ended, runProcess } from "./process.ts";

/** The task of a client. */
export interface ClientTask {
  /** The case's id. */
  readonly case: string;
  readonly vendor: string;
  /** An operationId. */
  readonly operation: string;
  /** The vendor's contract defines its members. */
  readonly input: Readonly<Record<string, unknown>>;
  /** Base URL and credentials, named as in the environment of a process. */
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
      tokens: true,
      env: {
        ...environment,
        FAUXDR_CASE: task.case,
        FAUXDR_VENDOR: task.vendor,
        FAUXDR_OPERATION: task.operation,
        FAUXDR_INPUT: JSON.stringify(task.input),
      },
    });

/**
 * A client that is a function of this process. If it throws, its outcome is `failed`, like an exit code other than 0. A
 * bug of the client, such as a TypeError, is reported as a crash.
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
      const leaks = streams.filter((name) => leakFinder(secrets, { tokens: true }).add(end[name]));
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

/** For a broken connection, `fetch` also throws a TypeError, but one with a cause. */
const isMistake = (error: unknown): boolean =>
  (error instanceof TypeError && error.cause === undefined) ||
  error instanceof ReferenceError ||
  error instanceof RangeError;

/** Removes secrets from a client's output. */
export function withoutSecrets(ended: Ended, secrets: readonly string[]): Ended {
  const { text } = redactor(secrets);
  return {
    ...ended,
    stdout: text(ended.stdout),
    stderr: text(ended.stderr),
    ...(ended.threw !== undefined && { threw: text(ended.threw) }),
  };
}
