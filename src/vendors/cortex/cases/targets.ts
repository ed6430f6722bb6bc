import type { ContractCase } from "../../../core/contract.ts";
import {
  ask,
  BY_READS,
  COMPLETES,
  common,
  FAILS,
  follow,
  many,
  QUARANTINE,
  reserved,
} from "./common.ts";

const LIMIT = 1000;
const SOURCE = "Cortex XDR REST API, Quarantine Files, up to 1000 endpoints";

const THOUSAND = many(LIMIT);
const NOWHERE = "00000000000000000000000000009999";

const settings = { ...BY_READS, scenario: "numbered-endpoints" };

export const targetCases: readonly ContractCase[] = [
  {
    ...common,
    id: "cortex.targets.thousand",
    title: "As many endpoints as one call takes are all asked for",
    source: SOURCE,
    input: follow(...THOUSAND),
    settings,
    targets: THOUSAND,
    outcomes: ["completed"],
  },
  {
    ...common,
    id: "cortex.targets.beyond",
    title:
      "One endpoint more goes into a second call, or the task is refused before anything is sent",
    source: SOURCE,
    // The last one fails: a client that lets it fall does not notice.
    input: follow(...THOUSAND, FAILS),
    settings,
    targets: [...THOUSAND, FAILS],
    outcomes: ["partial", "refused", "failed"],
    wire: [{ ...QUARANTINE, status: 400, times: 0 }],
    control: follow(COMPLETES),
    fix: `Split the list into calls of at most ${LIMIT} endpoints each, or refuse the task; follow every action.`,
    waives: ["cortex.targets.too-many", "request.off-spec"],
  },
  {
    ...common,
    id: "cortex.targets.second-refused",
    title: "A second call that is refused makes the task no success",
    source: "Cortex XDR REST API, Quarantine Files, response 500",
    // The one that refuses comes last: the call before it has been taken on.
    input: ask(...THOUSAND, reserved(500)),
    settings,
    outcomes: ["partial", "refused", "failed"],
    control: ask(COMPLETES),
    fix: "Look at the reply to every call of a task, and report the endpoints of one that was refused.",
    waives: ["cortex.targets.too-many", "request.off-spec"],
  },
  {
    ...common,
    id: "cortex.targets.none",
    title: "Without an endpoint nothing is sent, and nothing is said to be done",
    basis: "observed",
    source: "a public client sends an empty filter list where no endpoint was given",
    input: ask(),
    outcomes: ["refused", "failed"],
    wire: [{ ...QUARANTINE, times: 0 }],
    control: ask(COMPLETES),
    fix: "Report a task without endpoints as refused, and send nothing.",
    waives: ["cortex.targets.empty", "request.off-spec"],
  },
  {
    ...common,
    id: "cortex.targets.unknown-among-known",
    title: "An endpoint that nothing is reported of is not counted as done",
    source:
      "Cortex XDR REST API, Get Action Status: data has the status of each endpoint; that unknown ids are left out is assumed",
    severity: "should",
    input: follow(COMPLETES, NOWHERE),
    settings: BY_READS,
    outcomes: ["partial", "refused", "failed"],
  },
];
