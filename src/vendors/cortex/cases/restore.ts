import type { ContractCase } from "../../../core/contract.ts";
import { BY_POLLS, COMPLETES, common, FAILS, LOOK_FIRST, reserved, TASK_FILE } from "./common.ts";

const PAGE = "Cortex XDR REST API, Restore File";

/** A restore call. */
const RESTORE = { operation: "restoreFile" } as const;

/** The file is in quarantine. */
const HELD = { ...BY_POLLS, scenario: "file-in-quarantine" } as const;

const restore = {
  ...common,
  operation: "restoreFile",
  needs: ["restores"],
  source: PAGE,
  settings: HELD,
} as const satisfies Partial<ContractCase>;

/** The task to restore the file on one endpoint, with `wait` until the action ends. */
const bringBack = (endpoint: string, wait = false): ContractCase["input"] => ({
  endpoints: [endpoint],
  fileHash: TASK_FILE.fileHash,
  wait,
  pollSeconds: 0.12,
  giveUpSeconds: 15,
});

const lost = {
  ...HELD,
  faults: [{ ...RESTORE, nth: 1, fault: { kind: "EMPTY_RESPONSE", effect: true } }],
};

export const restoreCases: readonly ContractCase[] = [
  {
    ...restore,
    id: "cortex.restore.one",
    title: "A file is restored on one endpoint by one call",
    input: bringBack(COMPLETES),
    outcomes: ["accepted"],
    targets: [COMPLETES],
    wire: [
      {
        ...RESTORE,
        where: {
          "/request_data/file_hash": {
            oneOf: [TASK_FILE.fileHash, TASK_FILE.fileHash.toUpperCase()],
          },
        },
        times: 1,
      },
      { operation: "quarantineFiles", times: 0 },
    ],
  },
  {
    ...restore,
    id: "cortex.restore.waits",
    title: "A restore is polled until it succeeds",
    input: bringBack(COMPLETES, true),
    outcomes: ["completed"],
    wire: [
      { ...RESTORE, times: 1 },
      { operation: "getActionStatus", atLeast: 3 },
    ],
  },
  {
    ...restore,
    id: "cortex.restore.failed",
    title: "A restore that fails is reported as failed",
    input: bringBack(FAILS, true),
    outcomes: ["failed"],
    wire: [{ ...RESTORE, times: 1 }],
  },
  {
    ...restore,
    id: "cortex.restore.refused",
    title: "A restore that the vendor refuses is not reported as success",
    source: `${PAGE}, response 500`,
    input: bringBack(reserved(500)),
    outcomes: ["refused", "failed"],
    says: { status: 500 },
  },
  {
    ...restore,
    id: "cortex.restore.lost",
    title: "A restore whose reply is lost is reported and not sent again",
    source: "RFC 9110, section 9.2.2: a POST whose reply was lost is not sent again",
    wireForms: ["recorded"],
    input: bringBack(COMPLETES),
    settings: lost,
    outcomes: ["failed"],
    wire: [{ ...RESTORE, times: 1 }],
    fix: LOOK_FIRST,
    waives: ["destructive.twice"],
  },
];
