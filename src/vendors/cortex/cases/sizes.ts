import type { ContractCase } from "../../../core/contract.ts";
import { createRandom, freshSeed } from "../../../core/random.ts";
import { ask, BY_POLLS, COMPLETES, common, many } from "./common.ts";

type Size = readonly [name: string, title: string, from: number, to: number];

const SIZES: readonly Size[] = [
  ["drawn-one-call", "Any number of endpoints up to one call's limit: each is named once", 3, 999],
  [
    "drawn-two-calls",
    "Any number of endpoints that needs two calls: each is named once",
    1001,
    2000,
  ],
  [
    "drawn-three-calls",
    "Any number of endpoints that needs three calls: each is named once",
    2001,
    2500,
  ],
];

/**
 * Random numbers of endpoints, so that repeated runs find a mistake that only some sizes show. Set FAUXDR_CASE_SEED to
 * the seed in the findings of an earlier run to repeat that run's sizes.
 */
export function sizeCases(): readonly ContractCase[] {
  const seed = process.env["FAUXDR_CASE_SEED"] || freshSeed();
  const random = createRandom(`sizes ${seed}`);
  return SIZES.map(([name, title, from, to]) => {
    const targets = many(random.integer(from, to));
    return {
      ...common,
      id: `cortex.targets.${name}`,
      title,
      wireForms: ["document"],
      source: `Cortex XDR REST API, Quarantine Files, up to 1000 endpoints (${targets.length} here; FAUXDR_CASE_SEED=${seed} repeats them)`,
      input: ask(...targets),
      settings: { ...BY_POLLS, scenario: "numbered-endpoints" },
      // A client may refuse more endpoints than one call takes, before it sends anything.
      outcomes: to > 1000 ? ["accepted", "refused", "failed"] : ["accepted"],
      ...(to > 1000 && { control: ask(COMPLETES) }),
      targets,
      fix: "Split the list into calls of at most 1000 endpoints so that each endpoint is in exactly one of them.",
    };
  });
}
