import type { ContractCase } from "../../../core/contract.ts";
import {
  ask,
  BY_POLLS,
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

const settings = { ...BY_POLLS, scenario: "numbered-endpoints" };

export const targetCases: readonly ContractCase[] = [
  {
    ...common,
    id: "cortex.targets.thousand",
    title: "As many endpoints as one call may have are all named",
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
      "One endpoint too many is sent in a second call, or the client refuses the task before any call",
    source: SOURCE,
    // The last one fails, so a client that drops it does not notice the failure.
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
    title: "A task whose second call is refused is not reported as success",
    source: "Cortex XDR REST API, Quarantine Files, response 500",
    // The endpoint that forces an error is the last one, so the first call is accepted.
    input: ask(...THOUSAND, reserved(500)),
    settings,
    outcomes: ["partial", "refused", "failed"],
    control: ask(COMPLETES),
    fix: "Check the reply to every call of a task, and report the endpoints of a refused call.",
    waives: ["cortex.targets.too-many", "request.off-spec"],
  },
  {
    ...common,
    id: "cortex.targets.none",
    title: "A task without endpoints sends no call, and is not reported as success",
    basis: "observed",
    source: "a public client sends an empty filter list if no endpoint was given",
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
    title: "An endpoint without a reported status is not counted as done",
    source:
      "Cortex XDR REST API, Get Action Status: data has the status of each endpoint; that unknown ids are left out is assumed",
    severity: "should",
    input: follow(COMPLETES, NOWHERE),
    settings: BY_POLLS,
    outcomes: ["partial", "refused", "failed"],
  },
];
