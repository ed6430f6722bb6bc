import { attempt, type Trial } from "../contract/attempt.ts";
import { trialsOf } from "../contract/check.ts";
import { type ClientTask, functionClient } from "../contract/client.ts";
import type { ClientReport } from "../contract/client-report.ts";
import { findingLines } from "../contract/report/terminal.ts";
import type { CaseResult } from "../contract/result.ts";
import type { Severity } from "../core/contract.ts";
import { VerificationError } from "../core/errors.ts";
import type { Dialect } from "../core/tenant.ts";
import { startMock } from "../mock.ts";
import { vendors } from "../vendors/index.ts";
import { mockTarget } from "./mock-target.ts";

/** A client in this process: does one task with the URL and credentials in `task.environment`, and reports the outcome. */
export type ClientFunction = (task: ClientTask) => Promise<ClientReport>;

/** A contract case in one dialect, for any test runner. */
export interface RunnableCase {
  /** `cortex.quarantine.one (documented)` */
  readonly name: string;
  readonly title: string;
  readonly vendor: string;
  readonly severity: Severity;
  readonly dialect: Dialect;
  /** Runs the case against a client, with a new mock. Throws a VerificationError that says what is wrong. */
  run(client: ClientFunction): Promise<CaseResult>;
}

export interface CasesOptions {
  /** Only cases of this vendor. */
  readonly vendor?: string;
  /** Only cases whose id starts with this. */
  readonly prefix?: string;
  /** Time limit of one case; 20 by default. */
  readonly limitSeconds?: number;
  /** Findings of severity `should` make a case fail as well. */
  readonly strict?: boolean;
}

/** The contract cases, each in each of its dialects: `for (const one of cases()) test(one.name, () => one.run(client))`. */
export function cases(options: CasesOptions = {}): readonly RunnableCase[] {
  const { vendor, prefix = "" } = options;
  const chosen = vendors.filter(({ name }) => vendor === undefined || name === vendor);
  return trialsOf(chosen, (id) => id.startsWith(prefix)).map((trial) => ({
    name: `${trial.one.id} (${trial.dialect})`,
    title: trial.one.title,
    vendor: trial.vendor.name,
    severity: trial.one.severity,
    dialect: trial.dialect,
    run: (client) => runOne(trial, client, options),
  }));
}

async function runOne(
  trial: Trial,
  client: ClientFunction,
  { limitSeconds = 20, strict = false }: CasesOptions,
): Promise<CaseResult> {
  await using mock = await startMock();
  const target = mockTarget(mock);
  const result = await attempt(trial, "case", {
    target,
    client: functionClient(client),
    limitMs: 1000 * limitSeconds,
    strict,
  });
  const strays = await target.strays();
  if (result.outcome === "pass" && strays.length === 0) return result;
  throw new VerificationError(messageOf(result, strays.length));
}

function messageOf({ reason, findings, output }: CaseResult, strays: number): string {
  return [
    ...(reason === undefined ? [] : [`inconclusive: ${reason}`]),
    ...(strays > 0 ? [`${strays} calls came with other credentials than those of the case`] : []),
    ...findings.flatMap(findingLines),
    output.stderr,
  ]
    .join("\n")
    .trim();
}
