import type { ContractCase } from "../../../core/contract.ts";
import type { Fault, FaultRule } from "../../../core/faults/fault.ts";
import type { Expectation } from "../../../core/journal/verify.ts";
import { WIRE_FORMS } from "../../../core/tenant.ts";
import { numbered, QUARANTINED } from "../scenarios.ts";

/** The reserved endpoint whose id ends in this number: see `core/actions/trigger.ts`. */
export const reserved = (code: number): string => `facade${String(code).padStart(26, "0")}`;

/** The first ids of the scenario `numbered-endpoints`. */
export const many = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => numbered(index + 1));

export const COMPLETES: string = reserved(1);
export const FAILS: string = reserved(2);

export const TASK_FILE: { readonly filePath: string; readonly fileHash: string } = {
  filePath: QUARANTINED.path,
  fileHash: QUARANTINED.hash,
};

/** The defaults of every case here. */
export const common: Pick<ContractCase, "severity" | "basis" | "wireForms" | "operation"> = {
  severity: "must",
  basis: "documented",
  wireForms: WIRE_FORMS,
  operation: "quarantineFiles",
};

const pace = { pollSeconds: 0.12, giveUpSeconds: 15 };

/** The task to request a quarantine of the file, without waiting. */
export const ask = (...endpoints: readonly string[]): ContractCase["input"] => ({
  endpoints,
  ...TASK_FILE,
  wait: false,
  ...pace,
});

/** The task to request it and to poll the action until it ends. */
export const follow = (...endpoints: readonly string[]): ContractCase["input"] => ({
  ...ask(...endpoints),
  wait: true,
});

/** The same for an action that never ends. */
export const followBriefly = (...endpoints: readonly string[]): ContractCase["input"] => ({
  ...follow(...endpoints),
  giveUpSeconds: 0.8,
});

/** Waived, because a client that gives up early may have polled only once or twice. */
export const GIVES_UP = ["poll.left-early"] as const;

/** Actions advance with each status call, so that a slow client sees the same states. */
export const BY_POLLS = { progress: "polls" } as const;

/** A quarantine call, on either of its two paths. */
export const QUARANTINE: Pick<Expectation & FaultRule, "where"> = {
  where: { "/request_data/file_path": { exists: true } },
};

/** A status call. */
export const STATUS: Pick<Expectation & FaultRule, "operation"> = { operation: "getActionStatus" };

/** Settings with a fault on the first quarantine call. */
export const faultOnSend = (
  fault: Fault,
): { readonly faults: readonly FaultRule[]; readonly progress: "polls" } => ({
  ...BY_POLLS,
  faults: [{ ...QUARANTINE, nth: 1, fault }],
});

/** Settings with a fault on the status calls that `which` selects. */
export const faultOnPolls = (
  fault: Fault,
  which: Pick<FaultRule, "nth" | "times"> = {},
): { readonly faults: readonly FaultRule[]; readonly progress: "polls" } => ({
  ...BY_POLLS,
  faults: [{ ...STATUS, ...which, fault }],
});

/** For a call whose reply was lost. */
export const LOOK_FIRST =
  "Send it once. Before another attempt, check whether the first one took effect; otherwise report that this is unknown.";

/** A client cannot know whether a lost call took effect, so it must send it once. */
export const SENT_ONCE: readonly Expectation[] = [{ ...QUARANTINE, times: 1 }];
