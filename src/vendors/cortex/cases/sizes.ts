import type { ContractCase } from "../../../core/contract.ts";
import { createRandom, freshSeed } from "../../../core/random.ts";
import { ask, BY_POLLS, COMPLETES, common, many } from "./common.ts";

/** Set it to the seed in the findings of an earlier run to repeat that run's sizes. */
const SEED = process.env["FAUXDR_CASE_SEED"] || freshSeed();

const random = createRandom(`sizes ${SEED}`);

/** A random number of endpoints, so that repeated runs find a mistake that only some sizes show. */
const drawn = (name: string, title: string, from: number, to: number): ContractCase => {
  const targets = many(random.integer(from, to));
  return {
    ...common,
    id: `cortex.targets.${name}`,
    title,
    wireForms: ["document"],
    source: `Cortex XDR REST API, Quarantine Files, up to 1000 endpoints (${targets.length} here; FAUXDR_CASE_SEED=${SEED} repeats them)`,
    input: ask(...targets),
    settings: { ...BY_POLLS, scenario: "numbered-endpoints" },
    // A client may refuse more endpoints than one call takes, before it sends anything.
    outcomes: to > 1000 ? ["accepted", "refused", "failed"] : ["accepted"],
    ...(to > 1000 && { control: ask(COMPLETES) }),
    targets,
    fix: "Split the list into calls of at most 1000 endpoints so that each endpoint is in exactly one of them.",
  };
};

export const sizeCases: readonly ContractCase[] = [
  drawn(
    "drawn-one-call",
    "Any number of endpoints up to one call's limit: each is named once",
    3,
    999,
  ),
  drawn(
    "drawn-two-calls",
    "Any number of endpoints that needs two calls: each is named once",
    1001,
    2000,
  ),
  drawn(
    "drawn-three-calls",
    "Any number of endpoints that needs three calls: each is named once",
    2001,
    2500,
  ),
];
