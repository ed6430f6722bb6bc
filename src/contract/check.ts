import type { Exchange } from "../core/journal/journal.ts";
import type { WireForm } from "../core/tenant.ts";
import { acrossCases } from "./across-cases.ts";
import { judge, type VendorRules } from "./judge.ts";
import { isNoRequest, noRequestFindings } from "./no-request.ts";
import { type CaseResult, outcomeOf, SILENT } from "./result.ts";
import { type Circumstances, limitOf, observe, runCase, type Trial } from "./run-case.ts";
import { firstCall, limitStarts } from "./starts.ts";
import type { Profile } from "./traits.ts";

export interface CheckOptions extends Circumstances {
  /** The vendors whose cases to run, each case in all its wire forms. */
  readonly vendors: readonly VendorRules[];
  readonly isChosen: (id: string, wire: WireForm) => boolean;
  /** The traits that the client's author declares. Its calls show the rest. */
  readonly profile?: Profile;
  /** How many cases run at once. */
  readonly jobs: number;
  /** How many of their clients start at once, that is, have not made a call yet. All of them by default. */
  readonly starting?: number;
  /** Called after each case. */
  readonly onResult: (result: CaseResult, done: number, all: number) => void;
}

/** Every case in each of its wire forms. */
export const trialsOf = (
  vendors: readonly VendorRules[],
  isChosen: CheckOptions["isChosen"],
): readonly Trial[] =>
  vendors.flatMap((vendor) =>
    vendor.contract.cases.flatMap((one) =>
      one.wireForms.filter((wire) => isChosen(one.id, wire)).map((wire) => ({ vendor, one, wire })),
    ),
  );

/** Runs a client through the cases, each in its own tenant. Returns the results in the order of the cases. */
export async function check(options: CheckOptions): Promise<CaseResult[]> {
  const { vendors, isChosen, jobs, starting = jobs, onResult } = options;
  const trials = trialsOf(vendors, isChosen);
  const profiles = new Map<VendorRules, Profile>();
  for (const vendor of new Set(trials.map((trial) => trial.vendor))) {
    profiles.set(vendor, await observe(vendor, options, options.profile ?? {}));
  }
  // Stray calls during observation happen again in the cases.
  const looked = (await options.target.strays()).length;
  const circumstances = { ...options, controls: new Map() };
  const results: CaseResult[] = [];
  // Start the slowest ones first, so that they run in parallel to all others.
  const order = [...trials.keys()].toSorted((a, b) => ownLimit(trials[b]) - ownLimit(trials[a]));
  const starts = limitStarts(starting);
  let done = 0;
  const work = async (): Promise<void> => {
    for (let index = order.shift(); index !== undefined; index = order.shift()) {
      const trial = trials[index] as Trial;
      const profile = profiles.get(trial.vendor) as Profile;
      const tenant = `case-${index + 1}`;
      const letNextStart = await starts.next();
      const running = runCase(trial, tenant, circumstances, profile);
      void firstCall(options.target, tenant, running).then(letNextStart);
      const result = await running;
      results[index] = result;
      onResult(result, ++done, trials.length);
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
  const all = trials.map(({ one }, index) => ({ one, result: results[index] as CaseResult }));
  const judged = acrossCases(all, options.failOn);
  const strays = await options.target.strays();
  // First the results about all cases. The calls of a client that meets an impostor never come to the vendor.
  const toVendor = judged.filter((_, index) => trials[index]?.one.impostor === undefined);
  return [...overall(toVendor, strays.slice(looked), options), ...judged];
}

const ownLimit = (trial: Trial | undefined): number => (trial ? limitOf(trial.one) : 0);

/** Results about all cases together. Empty if all is well. */
function overall(
  results: readonly CaseResult[],
  strays: readonly Exchange[],
  options: CheckOptions,
): CaseResult[] {
  const common = {
    vendor: "none",
    wire: "document",
    exchanges: strays,
    output: { stdout: "", stderr: "" },
    durationMs: 0,
  } as const;
  if (strays.length > 0) return [{ ...common, ...strayCalls(strays, options) }];
  // A case in which a right client sends nothing passes by its control.
  const isSilent = results.every(
    ({ exchanges, outcome }) => exchanges.length === 0 && outcome !== "pass",
  );
  if (!isSilent || results.every(({ outcome }) => outcome === "skipped")) return [];
  return [
    {
      ...common,
      id: SILENT,
      title: "The client calls the vendor",
      outcome: "inconclusive",
      reason: `no call came in ${results.length} cases: does the client read its URL from the environment?`,
      findings: [],
    },
  ];
}

/** Calls with credentials that no case gave out. They belong to no case, but they are a flaw. */
function strayCalls(
  exchanges: readonly Exchange[],
  { vendors, failOn }: CheckOptions,
): Pick<CaseResult, "id" | "title" | "outcome" | "findings"> {
  const calls = exchanges.filter((exchange) => !isNoRequest(exchange));
  const title = "Every call has the credentials of its case";
  const id = "check.stray-calls";
  const garbage = noRequestFindings(exchanges);
  if (calls.length === 0) {
    return { id, title, outcome: outcomeOf(garbage, failOn), findings: garbage };
  }
  const own = {
    rule: id,
    vendor: "none",
    severity: "must",
    what: `${calls.length} calls did not have the credentials of their case`,
    fix: "Read URL and credentials from the environment in every case.",
    basis: "documented",
    source: "The client protocol of fauxdr check",
    exchanges: calls.slice(0, 10).map((call) => call.id),
  } as const;
  const judged = judge(exchanges, vendors);
  // If a rule finds the cause, it explains it better.
  const named = judged.some(({ severity }) => severity === "must") ? judged : [own, ...judged];
  const findings = [...named, ...garbage];
  return { id, title, outcome: outcomeOf(findings, failOn), findings };
}
