import type { ContractCase } from "../../../core/contract.ts";
import type { Fault } from "../../../core/faults/fault.ts";
import {
  ask,
  BY_POLLS,
  COMPLETES,
  common,
  faultOnPolls,
  faultOnSend,
  follow,
  followBriefly,
  GIVES_UP,
  QUARANTINE,
  STATUS,
} from "./common.ts";

/** The largest integer that all languages represent exactly. */
const LONGEST_ID = Number.MAX_SAFE_INTEGER;

/** A reply of the vendor that the mock does not give without a fault. */
const answer = (reply: unknown): Fault => ({ kind: "status", status: 200, body: { reply } });

const NOT_SENT = "Cortex XDR REST API, Quarantine Files, reply.status is 0 where it failed";

export const replyCases: readonly ContractCase[] = [
  {
    ...common,
    id: "cortex.replies.long-action-id",
    title: "A long action id keeps all its digits",
    source:
      "Get Action Status: group_action_id is an integer; RFC 8259, section 6: programs agree on integers up to 2^53-1",
    severity: "should",
    wireForms: ["recorded"],
    input: follow(COMPLETES),
    settings: {
      ...BY_POLLS,
      faults: [
        {
          ...QUARANTINE,
          nth: 1,
          fault: answer({ action_id: LONGEST_ID, status: 1, endpoints_count: 1 }),
        },
        {
          ...STATUS,
          where: { "/request_data/group_action_id": { oneOf: [LONGEST_ID, String(LONGEST_ID)] } },
          fault: answer({ data: { [COMPLETES]: "COMPLETED_SUCCESSFULLY" } }),
        },
      ],
    },
    outcomes: ["completed"],
    wire: [{ ...QUARANTINE, times: 1 }],
    fix: "Read the id as a 64-bit integer or as text, and send the same digits.",
  },
  {
    ...common,
    id: "cortex.replies.types",
    title: "An action id that is a number, or the digits of one, is the same action id",
    basis: "documented",
    source: "Quarantine Files prints strings; recorded: the wire has integers",
    input: follow(COMPLETES),
    settings: faultOnSend({ kind: "type-drift" }),
    outcomes: ["completed"],
  },
  {
    ...common,
    id: "cortex.replies.extra-fields",
    title: "Fields that no page documents are ignored",
    basis: "recorded",
    source: "errorReasons, which no page prints; the vendor adds fields without notice",
    input: follow(COMPLETES),
    settings: faultOnSend({ kind: "extra-fields" }),
    outcomes: ["completed"],
  },
  {
    ...common,
    id: "cortex.replies.unknown-status",
    title: "An unknown status is not taken for success",
    source: "Cortex XDR REST API, Get Action Status: it names the statuses of success",
    input: followBriefly(COMPLETES),
    waives: GIVES_UP,
    settings: faultOnPolls({ kind: "unknown-enum" }),
    outcomes: ["failed"],
  },
  {
    ...common,
    id: "cortex.replies.unknown-status-once",
    title: "A client continues to poll an action after an unknown status",
    basis: "observed",
    source: "new values of enumerations reached public clients, and broke some",
    severity: "should",
    input: follow(COMPLETES),
    settings: faultOnPolls({ kind: "unknown-enum" }, { nth: 1 }),
    outcomes: ["completed"],
  },
  {
    ...common,
    id: "cortex.replies.not-sent",
    title: "A reply whose status is 0 is not reported as success",
    source: NOT_SENT,
    wireForms: ["document"],
    input: ask(COMPLETES),
    settings: faultOnSend({
      kind: "status",
      status: 200,
      body: { reply: { action_id: "1001", status: "0", endpoints_count: "0" } },
    }),
    outcomes: ["refused", "failed"],
  },
  {
    ...common,
    id: "cortex.replies.not-sent-number",
    title: "A reply whose status is the number 0 is not reported as success",
    source: `${NOT_SENT}; recorded: as an integer`,
    wireForms: ["recorded"],
    input: ask(COMPLETES),
    settings: faultOnSend({
      kind: "status",
      status: 200,
      body: { reply: { action_id: 1001, status: 0, endpoints_count: 0 } },
    }),
    outcomes: ["refused", "failed"],
  },
  {
    ...common,
    id: "cortex.replies.media-type",
    title: "A reply of the wrong media type is read or reported, and the call is not sent again",
    source: "RFC 9110, section 9.2.2: a POST is not repeated; proxies change media types",
    wireForms: ["recorded"],
    input: ask(COMPLETES),
    settings: faultOnSend({ kind: "wrong-content-type" }),
    outcomes: ["accepted", "failed"],
    wire: [{ where: { "/request_data/file_path": { exists: true } }, times: 1 }],
  },
];
