import type { Exchange } from "../core/journal/journal.ts";
import type { Dialect } from "../core/tenant.ts";
import { attempt, type Circumstances, type Trial } from "./attempt.ts";
import { judge, type VendorRules } from "./judge.ts";
import { type CaseResult, outcomeOf } from "./result.ts";

export interface CheckOptions extends Circumstances {
  /** Whose cases; each in all its dialects. */
  readonly vendors: readonly VendorRules[];
  readonly isChosen: (id: string, dialect: Dialect) => boolean;
  /** How many cases run at once. */
  readonly jobs: number;
  /** How far it is, whenever a case has ended. */
  readonly onResult: (result: CaseResult, done: number, all: number) => void;
}

/** Every case in each of its dialects. */
export const trialsOf = (
  vendors: readonly VendorRules[],
  isChosen: CheckOptions["isChosen"],
): readonly Trial[] =>
  vendors.flatMap((vendor) =>
    vendor.contract.cases.flatMap((one) =>
      one.dialects
        .filter((dialect) => isChosen(one.id, dialect))
        .map((dialect) => ({ vendor, one, dialect })),
    ),
  );

/** Drives a client through the cases, each in a tenant of its own. Answers the results in the cases' order. */
export async function check(options: CheckOptions): Promise<CaseResult[]> {
  const { vendors, isChosen, jobs, onResult } = options;
  const trials = trialsOf(vendors, isChosen);
  const results: CaseResult[] = [];
  let next = 0;
  let done = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < trials.length; index = next++) {
      const result = await attempt(trials[index] as Trial, `case-${index + 1}`, options);
      results[index] = result;
      onResult(result, ++done, trials.length);
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
  return [...results, ...overall(results, await options.target.strays(), options)];
}

/** What can be said of all cases together only; nothing where all is well. */
function overall(
  results: readonly CaseResult[],
  strays: readonly Exchange[],
  options: CheckOptions,
): CaseResult[] {
  const common = {
    vendor: "none",
    dialect: "documented",
    exchanges: strays,
    output: { stdout: "", stderr: "" },
    durationMs: 0,
  } as const;
  if (strays.length > 0) return [{ ...common, ...strayCalls(strays, options) }];
  const isSilent = results.every(({ exchanges }) => exchanges.length === 0);
  const couldSpeak = results.some(({ outcome }) => outcome !== "inconclusive");
  if (!isSilent || !couldSpeak) return [];
  return [
    {
      ...common,
      id: "check.silent",
      title: "The client calls the vendor",
      outcome: "inconclusive",
      reason: "not one call came in all cases: does the client read its URL from the environment?",
      findings: [],
    },
  ];
}

/** A call with credentials that no case has given out belongs to no case, and is a flaw all the same. */
function strayCalls(
  exchanges: readonly Exchange[],
  { vendors, strict }: CheckOptions,
): Pick<CaseResult, "id" | "title" | "outcome" | "findings"> {
  const own = {
    rule: "check.stray-calls",
    vendor: "none",
    severity: "must",
    what: `${exchanges.length} calls came with other credentials than those of their case`,
    fix: "Read URL and credentials from the environment, anew for every case.",
    basis: "documented",
    source: "The client protocol of fauxdr check",
    exchanges: exchanges.slice(0, 10).map(({ id }) => id),
  } as const;
  const judged = judge(exchanges, vendors);
  // The rules say it better, where they have something to say.
  const findings = judged.some(({ severity }) => severity === "must") ? judged : [own, ...judged];
  const title = "Every call has the credentials of its case";
  return { id: own.rule, title, outcome: outcomeOf(findings, strict), findings };
}
