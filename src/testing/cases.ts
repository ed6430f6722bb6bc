import { type Judged, sameWords, withFinding } from "../contract/across-cases.ts";
import { trialsOf } from "../contract/check.ts";
import { caseFilter } from "../contract/choose.ts";
import { type ClientTask, functionClient } from "../contract/client.ts";
import type { ClientReport } from "../contract/client-report.ts";
import { findingLines } from "../contract/report/terminal.ts";
import type { CaseResult } from "../contract/result.ts";
import { type Circumstances, limitOf, observe, runCase, type Trial } from "../contract/run-case.ts";
import { type Profile, readProfile } from "../contract/traits.ts";
import { SEVERITIES, type Severity } from "../core/basis.ts";
import { KitError, VerificationError } from "../core/errors.ts";
import { didYouMean } from "../core/nearest.ts";
import type { WireForm } from "../core/tenant.ts";
import { startMock } from "../mock.ts";
import { vendors } from "../vendors/index.ts";
import { mockTarget } from "./mock-target.ts";

/** A client in this process: does one task with the URL and credentials in `task.environment`, and reports the outcome. */
export type ClientFunction = (task: ClientTask) => Promise<ClientReport>;

/** A contract case in one wire form, for any test runner. */
export interface RunnableCase {
  /** `cortex.quarantine.one (document)` */
  readonly name: string;
  readonly title: string;
  readonly vendor: string;
  readonly severity: Severity;
  readonly wire: WireForm;
  /** The time limit of a run. */
  readonly limitSeconds: number;
  /**
   * Runs the case against a client, with a new mock. Resolves if it passed, or was `skipped` with a `reason`. Rejects
   * with a VerificationError that says what is wrong, or why the case is inconclusive.
   */
  run(client: ClientFunction): Promise<CaseResult>;
}

/** Which cases, and how they are judged. */
export interface CasesOptions {
  /** Only cases of this vendor. */
  readonly vendor?: string;
  /** Only cases whose id starts with this. */
  readonly prefix?: string;
  /** Time limit of one case. By default 20, and longer for a case in which the server never answers. */
  readonly limitSeconds?: number;
  /** Findings of at least this severity make a case fail; `must` by default. */
  readonly failOn?: Severity;
  /** Traits that the client has or lacks, by id: `{ waits: false }`. Its calls show the rest. */
  readonly traits?: Profile;
}

/**
 * The contract cases in each of their wire forms: `for (const one of cases()) test(one.name, () => one.run(client))`.
 * Throws a KitError for options that choose no case: a loop over nothing would look like success.
 */
export function cases(options: CasesOptions = {}): readonly RunnableCase[] {
  const { vendor, prefix } = checked(options);
  const chosen = vendors.filter(({ name }) => vendor === undefined || name === vendor);
  const isChosen = caseFilter(chosen, prefix === undefined ? undefined : [prefix]);
  const known: Known = new WeakMap();
  return trialsOf(chosen, isChosen).map((trial) => ({
    name: `${trial.one.id} (${trial.wire})`,
    title: trial.one.title,
    vendor: trial.vendor.name,
    severity: trial.one.severity,
    wire: trial.wire,
    limitSeconds: options.limitSeconds ?? limitOf(trial.one),
    run: (client) => runOne(trial, client, options, known),
  }));
}

const OPTIONS = ["vendor", "prefix", "limitSeconds", "failOn", "traits"];

/** Throws a KitError that names what is wrong, because no compiler checks the options of a test in JavaScript. */
function checked(options: CasesOptions): CasesOptions {
  const unknown = Object.keys(options).find((name) => !OPTIONS.includes(name));
  if (unknown !== undefined) {
    throw new KitError(
      `cases() takes no option "${unknown}": ${didYouMean(unknown, OPTIONS, `it takes ${OPTIONS.join(", ")}`)}`,
    );
  }
  const { vendor, limitSeconds, failOn, traits = {} } = options;
  const names = vendors.map(({ name }) => name);
  if (vendor !== undefined && !names.includes(vendor)) {
    throw new KitError(
      `There is no vendor "${vendor}": ${didYouMean(vendor, names, `choose from ${names.join(", ")}`)}`,
    );
  }
  if (limitSeconds !== undefined && !(limitSeconds > 0 && limitSeconds <= 86_400)) {
    throw new KitError(`limitSeconds takes seconds up to a day (86400), not ${limitSeconds}.`);
  }
  if (failOn !== undefined && !SEVERITIES.includes(failOn)) {
    throw new KitError(`failOn takes must, should or info, not "${failOn}".`);
  }
  readProfile(vendors, Object.keys(traits), []);
  return options;
}

/** What earlier cases showed of each client. */
type Known = WeakMap<ClientFunction, Seen>;

interface Seen {
  /** Its traits, by vendor. A client is observed once. */
  readonly profiles: Map<string, Promise<Profile>>;
  readonly judged: Judged[];
}

async function runOne(
  trial: Trial,
  client: ClientFunction,
  { limitSeconds, failOn = "must", traits = {} }: CasesOptions,
  known: Known,
): Promise<CaseResult> {
  await using mock = await startMock();
  const target = mockTarget(mock);
  const circumstances: Circumstances = {
    target,
    client: functionClient(client),
    limitMs: limitSeconds === undefined ? undefined : 1000 * limitSeconds,
    failOn,
  };
  const seen: Seen = known.get(client) ?? { profiles: new Map(), judged: [] };
  known.set(client, seen);
  const { profiles, judged } = seen;
  const { vendor, one } = trial;
  const profile = profiles.get(vendor.name) ?? lookAt(vendor, circumstances, traits);
  profiles.set(vendor.name, profile);
  const own = { one, result: await runCase(trial, "case", circumstances, await profile) };
  const broken = sameWords(own, judged);
  judged.push(own);
  const result = broken ? withFinding(own, broken, failOn) : own.result;
  const strays = await target.strays();
  const isGood = result.outcome === "pass" || result.outcome === "skipped";
  if (isGood && strays.length === 0) return result;
  throw new VerificationError(messageOf(result, strays.length));
}

/** Uses a separate mock, so that these calls are not among those of a case. */
async function lookAt(
  vendor: Trial["vendor"],
  circumstances: Circumstances,
  traits: Profile,
): Promise<Profile> {
  await using mock = await startMock();
  return await observe(vendor, { ...circumstances, target: mockTarget(mock) }, traits);
}

function messageOf({ reason, outcome, findings, output }: CaseResult, strays: number): string {
  return [
    ...(reason === undefined ? [] : [`${outcome}: ${reason}`]),
    ...(strays > 0 ? [`${strays} calls came with other credentials than those of the case`] : []),
    ...findings.flatMap(findingLines),
    output.stderr,
  ]
    .join("\n")
    .trim();
}
