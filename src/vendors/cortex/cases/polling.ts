import type { ContractCase } from "../../../core/contract.ts";
import type { Fault } from "../../../core/faults/fault.ts";
import { BY_READS, COMPLETES, common, follow, QUARANTINE, struckWhileAsking } from "./common.ts";

const HARMLESS =
  "nothing public says so: to ask for a status changes nothing, so that it may be asked for again";

/** One question after an action goes wrong; the next one would not. */
const survives = (name: string, title: string, fault: Fault): ContractCase => ({
  ...common,
  severity: "should",
  wireForms: ["recorded"],
  id: `cortex.polling.${name}`,
  title,
  basis: "assumed",
  source: HARMLESS,
  input: follow(COMPLETES),
  settings: struckWhileAsking(fault, { nth: 2 }),
  outcomes: ["completed"],
  wire: [{ ...QUARANTINE, times: 1 }],
});

export const pollingCases: readonly ContractCase[] = [
  survives(
    "reset",
    "A connection that is reset while an action is followed does not end the following",
    {
      kind: "CONNECTION_RESET_BY_PEER",
    },
  ),
  survives("unavailable", "A 503 while an action is followed does not end the following", {
    kind: "status",
    status: 503,
  }),
  survives("broken-json", "A broken body while an action is followed does not end the following", {
    kind: "broken-json",
  }),
  {
    ...common,
    id: "cortex.polling.skewed-clock",
    title: "An action is followed whatever the vendor's clock shows",
    basis: "documented",
    source: "a standard key carries no time; no reply that is followed does",
    input: follow(COMPLETES),
    // A signature carries the client's time, and would be refused.
    needs: ["!signs"],
    settings: { ...BY_READS, clock: "2037-01-01T00:00:00Z" },
    outcomes: ["completed"],
  },
];
