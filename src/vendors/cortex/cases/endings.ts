import type { ContractCase } from "../../../core/contract.ts";
import {
  BY_POLLS,
  COMPLETES,
  common,
  FAILS,
  follow,
  followBriefly,
  GIVES_UP,
  QUARANTINE,
  reserved,
  STATUS,
} from "./common.ts";

const STATUSES = "Cortex XDR REST API, Get Action Status, the statuses of an endpoint";
const NOT_FINAL = `${STATUSES}; public clients treat PENDING, IN_PROGRESS and PENDING_ABORT as not final`;

/** One call for all endpoints or one for each: both are correct. */
const EACH = { ...QUARANTINE, atLeast: 1, atMost: 2 } as const;

const ending = {
  ...common,
  source: STATUSES,
  settings: BY_POLLS,
  wire: [{ ...QUARANTINE, times: 1 }],
} as const satisfies Partial<ContractCase>;

/** An action that ends without success. Both wire forms report it in the same way. */
const bad = (name: string, code: number, title: string): ContractCase => ({
  ...ending,
  wireForms: ["recorded"],
  id: `cortex.endings.${name}`,
  title,
  input: follow(reserved(code)),
  outcomes: ["failed"],
  wire: [...ending.wire, { ...STATUS, atLeast: 1 }],
});

export const endingCases: readonly ContractCase[] = [
  {
    ...bad("failed", 2, "An action that fails is reported as failed"),
    source: `${STATUSES}; recorded: errorReasons beside FAILED`,
    wireForms: common.wireForms,
  },
  {
    ...bad("file-absent", 3, "A file that is not there is not reported as quarantined"),
    basis: "documented",
    source:
      "Quarantine Files: a success says that the request arrived, not that the file was found",
  },
  bad("timed-out", 5, "An action that times out is reported as failed"),
  bad("expired", 6, "An action that no agent picked up in time is reported as failed"),
  bad("cancelled", 9, "An action that is cancelled is reported as failed"),
  {
    ...bad(
      "aborted",
      10,
      "An action that is aborted is polled until it is aborted, and reported as failed",
    ),
    source: NOT_FINAL,
  },
  {
    ...ending,
    id: "cortex.endings.partial",
    title: "An action that succeeds in part is not reported as completed",
    input: follow(reserved(4)),
    outcomes: ["partial", "failed"],
  },
  {
    ...ending,
    id: "cortex.endings.mixed",
    title: "An action that succeeds on one endpoint and fails on the other is reported as partial",
    input: follow(COMPLETES, FAILS),
    targets: [COMPLETES, FAILS],
    outcomes: ["partial"],
    wire: [EACH],
  },
  {
    ...ending,
    id: "cortex.endings.mixed-never",
    title: "An action that ends on one endpoint only is not reported as completed",
    input: followBriefly(COMPLETES, reserved(8)),
    waives: GIVES_UP,
    targets: [COMPLETES, reserved(8)],
    outcomes: ["partial", "failed"],
    wire: [EACH],
  },
  {
    ...ending,
    id: "cortex.endings.never-picked-up",
    title: "A client gives up in time on an action that stays pending",
    source: `${STATUSES}; observed: on an endpoint that is not connected it stays PENDING`,
    input: followBriefly(reserved(7)),
    waives: GIVES_UP,
    outcomes: ["failed"],
  },
  {
    ...ending,
    wireForms: ["recorded"],
    id: "cortex.endings.never-ends",
    title: "A client gives up in time on an action that never ends",
    source: NOT_FINAL,
    input: followBriefly(reserved(8)),
    waives: GIVES_UP,
    outcomes: ["failed"],
  },
];
