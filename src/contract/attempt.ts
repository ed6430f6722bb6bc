import { severityOn } from "../core/basis.ts";
import { monotonic } from "../core/clock.ts";
import type { ContractCase, Finding } from "../core/contract.ts";
import type { Dialect } from "../core/tenant.ts";
import { unaccounted } from "./accounted.ts";
import { type Client, withoutSecrets } from "./client.ts";
import { type ClientReport, reportIn, wrongEnd } from "./client-report.ts";
import { judge, ownFaultIn, type VendorRules } from "./judge.ts";
import type { Ended } from "./process.ts";
import { type CaseResult, outcomeOf } from "./result.ts";
import type { Target } from "./target.ts";

/** A case in one dialect. */
export interface Trial {
  readonly vendor: VendorRules;
  readonly one: ContractCase;
  readonly dialect: Dialect;
}

export interface Circumstances {
  readonly target: Target;
  readonly client: Client;
  /** For one case. */
  readonly limitMs: number;
  /** `should` makes a case fail as well. */
  readonly strict: boolean;
}

/** Runs one case in a tenant of its own. Whatever goes wrong in the kit itself makes it inconclusive. */
export async function attempt(
  trial: Trial,
  tenant: string,
  circumstances: Circumstances,
): Promise<CaseResult> {
  const started = monotonic();
  const { vendor, one, dialect } = trial;
  const rest = await run(trial, tenant, circumstances).catch(
    (error: unknown): Verdict =>
      inconclusive(error instanceof Error ? error.message : String(error)),
  );
  return {
    id: one.id,
    title: one.title,
    vendor: vendor.name,
    dialect,
    ...rest,
    durationMs: Math.round(monotonic() - started),
  };
}

type Verdict = Omit<CaseResult, "id" | "title" | "vendor" | "dialect" | "durationMs">;

const inconclusive = (reason: string, rest: Partial<Verdict> = {}): Verdict => ({
  outcome: "inconclusive",
  reason,
  findings: [],
  exchanges: [],
  output: { stdout: "", stderr: "" },
  ...rest,
});

async function run(trial: Trial, tenant: string, given: Circumstances): Promise<Verdict> {
  const { vendor, one, dialect } = trial;
  const { target, client, limitMs, strict } = given;
  const world = await target.createTenant(tenant, { ...one.settings, dialect });
  const credentials = world[vendor.name] ?? [];
  const environment = {
    ...target.environment,
    ...vendor.contract.environment(target.url, credentials, one.as),
  };
  const { operation, input } = one;
  const task = { case: one.id, vendor: vendor.name, operation, input, environment };
  const ended = withoutSecrets(
    await client(task, limitMs),
    credentials.flatMap(({ secrets }) => secrets),
  );
  const { stdout, stderr } = ended;
  const exchanges = await target.exchanges(tenant);
  const seen = { exchanges, output: { stdout, stderr } };
  if (ended.notStarted !== undefined) {
    return inconclusive(`the client could not be started: ${ended.notStarted}`);
  }
  const fault = ownFaultIn(exchanges);
  if (fault !== undefined) return inconclusive(`fauxdr itself failed: ${fault}`, seen);
  const report = reportIn(stdout);
  const promised = await promises(trial, tenant, ended, report, target);
  if ("reason" in promised) return inconclusive(promised.reason, seen);
  const judged = judge(exchanges, [vendor]).filter(({ rule }) => !one.waives?.includes(rule));
  const findings = [...promised.findings, ...judged];
  return { outcome: outcomeOf(findings, strict), findings, ...(report && { report }), ...seen };
}

/** What a case itself promises: how the client ends, what it says, what the journal shows. */
async function promises(
  { vendor, one }: Trial,
  tenant: string,
  ended: Ended,
  report: ClientReport | undefined,
  target: Target,
): Promise<{ readonly findings: Finding[] } | { readonly reason: string }> {
  const exchanges = await target.exchanges(tenant);
  const wrong = unaccounted(one, vendor.contract, exchanges);
  const end = wrongEnd(ended, report, one.outcomes);
  if (end !== undefined) wrong.push(end);
  for (const [name, expected] of Object.entries(one.says ?? {})) {
    const said = report?.[name as keyof ClientReport];
    if (said !== undefined && said !== expected) {
      wrong.push(
        `it said ${name} ${JSON.stringify(said)} where ${JSON.stringify(expected)} is right`,
      );
    }
  }
  for (const expectation of one.wire ?? []) {
    const { verdict, message } = await target.verify(tenant, expectation);
    if (verdict === "cannot-tell") return { reason: message };
    if (verdict === "failed") wrong.push(message);
  }
  const { id, basis, source, title } = one;
  const severity = severityOn(basis, one.severity);
  const common = {
    rule: id,
    vendor: vendor.name,
    severity,
    basis,
    source,
    fix: title,
    exchanges: [],
  };
  return { findings: wrong.map((what) => ({ ...common, what })) };
}
