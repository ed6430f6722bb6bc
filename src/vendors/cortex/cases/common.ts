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

export const FILE: { readonly filePath: string; readonly fileHash: string } = {
  filePath: QUARANTINED.path,
  fileHash: QUARANTINED.hash,
};

/** Of every case here, unless it says otherwise. */
export const common: Pick<ContractCase, "severity" | "basis" | "wireForms" | "operation"> = {
  severity: "must",
  basis: "documented",
  wireForms: WIRE_FORMS,
  operation: "quarantineFiles",
};

const pace = { pollSeconds: 0.12, giveUpSeconds: 15 };

/** To ask for the quarantine of the file, and to leave it at that. */
export const ask = (...endpoints: readonly string[]): ContractCase["input"] => ({
  endpoints,
  ...FILE,
  wait: false,
  ...pace,
});

/** To ask for it, and to follow the action to its end. */
export const follow = (...endpoints: readonly string[]): ContractCase["input"] => ({
  ...ask(...endpoints),
  wait: true,
});

/** The same, when the end does not come. */
export const followBriefly = (...endpoints: readonly string[]): ContractCase["input"] => ({
  ...follow(...endpoints),
  giveUpSeconds: 0.8,
});

/** A client that gives up at once may have looked only once or twice. */
export const GIVES_UP = ["poll.left-early"] as const;

/** So that an action goes on with every call that asks for it, and not with the time that a client takes. */
export const BY_READS = { progress: "polls" } as const;

/** A call that asks for a quarantine, by whichever of its two paths. */
export const QUARANTINE: Pick<Expectation & FaultRule, "where"> = {
  where: { "/request_data/file_path": { exists: true } },
};

/** A call that asks how far an action is. */
export const STATUS: Pick<Expectation & FaultRule, "operation"> = { operation: "getActionStatus" };

/** Settings with a fault that strikes the first call for a quarantine. */
export const faulted = (
  fault: Fault,
): { readonly faults: readonly FaultRule[]; readonly progress: "polls" } => ({
  ...BY_READS,
  faults: [{ ...QUARANTINE, nth: 1, fault }],
});

/** Settings with a fault that strikes questions after an action, and which of them. */
export const struckWhileAsking = (
  fault: Fault,
  which: Pick<FaultRule, "nth" | "times"> = {},
): { readonly faults: readonly FaultRule[]; readonly progress: "polls" } => ({
  ...BY_READS,
  faults: [{ ...STATUS, ...which, fault }],
});

/** For a call whose reply was lost. */
export const LOOK_FIRST =
  "Send it once. Before another try, look at what became of the first one; otherwise report that nobody knows.";

/** Nobody can tell whether a lost call took effect, so it is sent once. */
export const SENT_ONCE: readonly Expectation[] = [{ ...QUARANTINE, times: 1 }];
