import type { ContractCase } from "../../../core/contract.ts";
import { BY_POLLS, COMPLETES, common, follow, QUARANTINE, STATUS } from "./common.ts";

const SCRIPT =
  "Cortex XDR REST API, Get Started with Cortex XDR APIs: its script makes nonce, timestamp and hash";

/** For clients that sign their calls. */
const signing = {
  ...common,
  needs: ["signs"],
  source: SCRIPT,
} as const satisfies Partial<ContractCase>;

export const signingCases: readonly ContractCase[] = [
  {
    ...signing,
    id: "cortex.signing.every-call",
    title: "Every call of a task is signed, including the status calls",
    input: follow(COMPLETES),
    settings: BY_POLLS,
    outcomes: ["completed"],
    wire: [
      { status: 401, times: 0 },
      {
        ...QUARANTINE,
        where: { ...QUARANTINE.where, "header/x-xdr-nonce": { exists: true } },
        times: 1,
      },
      { ...STATUS, where: { "header/x-xdr-nonce": { exists: true } }, atLeast: 3 },
    ],
  },
  {
    ...signing,
    id: "cortex.signing.nonce-once",
    title:
      "Each call has its own nonce, so that a vendor that accepts each nonce once accepts all calls",
    basis: "observed",
    source: `${SCRIPT} for a call; rejecting reuse is a setting of fauxdr`,
    severity: "should",
    input: follow(COMPLETES),
    settings: { ...BY_POLLS, refuseNonceReuse: true },
    outcomes: ["completed"],
    wire: [{ status: 401, times: 0 }],
    fix: "Make a new nonce, timestamp and hash for each call.",
  },
];
