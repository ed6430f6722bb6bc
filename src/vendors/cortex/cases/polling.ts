import type { ContractCase } from "../../../core/contract.ts";
import type { Fault } from "../../../core/faults/fault.ts";
import { BY_POLLS, COMPLETES, common, faultOnPolls, follow, QUARANTINE } from "./common.ts";

const HARMLESS = "no public source says so: a status call changes nothing, so it may be sent again";

/** One status call fails; the next one would succeed. */
const survives = (name: string, title: string, fault: Fault): ContractCase => ({
  ...common,
  severity: "should",
  wireForms: ["recorded"],
  id: `cortex.polling.${name}`,
  title,
  basis: "assumed",
  source: HARMLESS,
  input: follow(COMPLETES),
  settings: faultOnPolls(fault, { nth: 2 }),
  outcomes: ["completed"],
  wire: [{ ...QUARANTINE, times: 1 }],
});

export const pollingCases: readonly ContractCase[] = [
  survives("reset", "A client continues to poll an action after a connection reset", {
    kind: "CONNECTION_RESET_BY_PEER",
  }),
  survives("unavailable", "A client continues to poll an action after a 503", {
    kind: "status",
    status: 503,
  }),
  survives("broken-json", "A client continues to poll an action after a broken body", {
    kind: "broken-json",
  }),
  {
    ...common,
    id: "cortex.polling.skewed-clock",
    title: "A wrong clock of the vendor does not affect polling",
    basis: "documented",
    source: "standard keys contain no time, and neither do the replies to poll",
    input: follow(COMPLETES),
    // A signature contains the client's time, so it would be rejected.
    needs: ["!signs"],
    settings: { ...BY_POLLS, clock: "2037-01-01T00:00:00Z" },
    outcomes: ["completed"],
  },
];
