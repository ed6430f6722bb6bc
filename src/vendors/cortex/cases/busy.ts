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
  QUARANTINE,
  STATUS,
} from "./common.ts";

const RATE =
  'Cortex XDR REST API: 10 requests a second, "Too many requests."; status 429: RFC 6585, section 4';
const UNAVAILABLE = "RFC 9110, sections 15.6.4 and 10.2.3: 503 and Retry-After";

const BUSY: Fault = { kind: "status", status: 503, body: "Service Unavailable" };

/** The client may report the status, or send the call again in time. */
const either = ["accepted", "refused", "failed"] as const;

export const busyCases: readonly ContractCase[] = [
  {
    ...common,
    id: "cortex.busy.rate-limited",
    title: "A 429 with Retry-After is reported, or the call is sent again after that time",
    source: `${RATE}, and Retry-After`,
    input: ask(COMPLETES),
    settings: faultOnSend({ kind: "refusal", refusal: "rate-limited", retryAfterSeconds: 1 }),
    outcomes: either,
    wire: [{ ...QUARANTINE, atLeast: 1, atMost: 2 }],
  },
  {
    ...common,
    id: "cortex.busy.rate-limited-plainly",
    title: "A 429 without Retry-After is reported, or the call is sent again a little later",
    source: RATE,
    input: ask(COMPLETES),
    settings: faultOnSend({ kind: "refusal", refusal: "rate-limited" }),
    outcomes: either,
    wire: [{ ...QUARANTINE, atLeast: 1, atMost: 2 }],
  },
  {
    ...common,
    id: "cortex.busy.unavailable",
    title: "A 503 is reported, or the call is sent again after the time that it names",
    source: UNAVAILABLE,
    wireForms: ["document"],
    input: ask(COMPLETES),
    settings: faultOnSend({ ...BUSY, retryAfterSeconds: 1 }),
    outcomes: either,
    wire: [{ ...QUARANTINE, atLeast: 1, atMost: 2 }],
  },
  {
    ...common,
    id: "cortex.busy.always-unavailable",
    title: "A service that stays unavailable is reported after a few attempts",
    source: UNAVAILABLE,
    wireForms: ["document"],
    input: ask(COMPLETES),
    settings: { faults: [{ ...QUARANTINE, fault: BUSY }] },
    outcomes: ["refused", "failed"],
    says: { status: 503 },
    wire: [{ ...QUARANTINE, atLeast: 1, atMost: 6 }],
  },
  {
    ...common,
    id: "cortex.busy.maintenance",
    title:
      "A client with a Retry-After longer than its time limit gives up, and does not call earlier",
    source: UNAVAILABLE,
    severity: "should",
    wireForms: ["document"],
    input: ask(COMPLETES),
    settings: { ...BY_POLLS, scenario: "maintenance" },
    outcomes: ["refused", "failed"],
    says: { status: 503 },
    // A client that looks its endpoints up first has no need to send it.
    wire: [{ ...QUARANTINE, atMost: 1 }],
    evidence: {},
  },
  {
    ...common,
    id: "cortex.busy.rate-limited-while-asking",
    title: "A client continues to poll an action after a 429",
    source: RATE,
    severity: "should",
    wireForms: ["recorded"],
    input: follow(COMPLETES),
    settings: faultOnPolls(
      { kind: "refusal", refusal: "rate-limited", retryAfterSeconds: 1 },
      { nth: 2 },
    ),
    outcomes: ["completed"],
    wire: [
      { ...QUARANTINE, times: 1 },
      { ...STATUS, atLeast: 4 },
    ],
  },
];
