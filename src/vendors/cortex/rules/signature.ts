import type { Rule } from "../../../core/contract.ts";
import { NONCE_REUSED, TIMESTAMP_FAR } from "../auth.ts";

/** One flaw for all calls with this remark, because the same code signs all of them. */
const judgeRemarks =
  (remark: string): Rule["judge"] =>
  (exchanges) => {
    const found = exchanges.filter(({ remarks }) => remarks?.includes(remark)).map(({ id }) => id);
    return found.length > 0 ? [{ exchanges: found, what: remark }] : [];
  };

export const signatureRules: readonly Rule[] = [
  {
    id: "cortex.signature.nonce-reused",
    severity: "info",
    title: "Every call with an advanced key has a new nonce",
    fix: "Make a nonce, a timestamp and a hash for each call, although the vendor currently accepts reuse.",
    basis: "documented",
    source: "the script of Get Started with Cortex XDR APIs makes one; observed: reuse is accepted",
    judge: judgeRemarks(NONCE_REUSED),
  },
  {
    id: "cortex.signature.stale",
    severity: "should",
    title: "The timestamp of an advanced key is that of the call",
    fix: "Take the timestamp when the call is made, in UTC milliseconds, on a machine with a correct clock.",
    basis: "documented",
    source:
      "the same script takes the time as it signs; observed: a client renews it after 15 minutes",
    judge: judgeRemarks(TIMESTAMP_FAR),
  },
];
