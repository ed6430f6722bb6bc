import type { ContractCase } from "../../../core/contract.ts";
import { createRandom, freshSeed } from "../../../core/random.ts";
import { ask, BY_READS, COMPLETES, common, many } from "./common.ts";

/** A run that is to meet the sizes of an earlier one sets it to the seed that the findings of that one name. */
const SEED = process.env["FAUXDR_CASE_SEED"] || freshSeed();

const random = createRandom(`sizes ${SEED}`);

/** As many endpoints as chance has it: a mistake at one size in a thousand is found in the end. */
const drawn = (name: string, title: string, from: number, to: number): ContractCase => {
  const targets = many(random.integer(from, to));
  return {
    ...common,
    id: `cortex.targets.${name}`,
    title,
    wireForms: ["document"],
    source: `Cortex XDR REST API, Quarantine Files, up to 1000 endpoints (${targets.length} here; FAUXDR_CASE_SEED=${SEED} draws them again)`,
    input: ask(...targets),
    settings: { ...BY_READS, scenario: "numbered-endpoints" },
    // A client may refuse what is more than one call takes, before it sends anything.
    outcomes: to > 1000 ? ["accepted", "refused", "failed"] : ["accepted"],
    ...(to > 1000 && { control: ask(COMPLETES) }),
    targets,
    fix: "Split the list into calls of at most 1000 endpoints so that each endpoint is in exactly one of them.",
  };
};

export const sizeCases: readonly ContractCase[] = [
  drawn(
    "drawn-one-call",
    "Any number of endpoints that one call takes are each asked for once",
    3,
    999,
  ),
  drawn(
    "drawn-two-calls",
    "Any number of endpoints that two calls take are each asked for once",
    1001,
    2000,
  ),
  drawn(
    "drawn-three-calls",
    "Any number of endpoints that three calls take are each asked for once",
    2001,
    2500,
  ),
];
