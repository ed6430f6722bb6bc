import type { ContractCase } from "../../../core/contract.ts";
import { BY_READS, COMPLETES, common, follow, QUARANTINE, STATUS } from "./common.ts";

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
    title: "Every call of a task is signed, those that follow the action as well",
    input: follow(COMPLETES),
    settings: BY_READS,
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
    title: "A nonce is made for each call, so that a vendor that takes each only once lets all in",
    basis: "observed",
    source: `${SCRIPT} for a call; that reuse is refused is a choice that a tenant of fauxdr can make`,
    severity: "should",
    input: follow(COMPLETES),
    settings: { ...BY_READS, refuseNonceReuse: true },
    outcomes: ["completed"],
    wire: [{ status: 401, times: 0 }],
    fix: "Make a new nonce, timestamp and hash for each call.",
  },
];
