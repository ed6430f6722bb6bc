import type { ContractCase } from "../../../core/contract.ts";
import type { Fault } from "../../../core/faults/fault.ts";
import {
  ask,
  BY_POLLS,
  COMPLETES,
  common,
  faultOnSend,
  LOOK_FIRST,
  QUARANTINE,
  reserved,
  SENT_ONCE,
} from "./common.ts";

const LOST =
  "RFC 9110, section 9.2.2: a POST whose reply was lost is not sent again unless it is known to be harmless";

/**
 * The reply is lost, by a fault or by what the task asks for. A client cannot know whether the action was created, must say
 * so, and must not send it again.
 */
const lost = (name: string, title: string, fault?: Fault): ContractCase => ({
  ...common,
  wireForms: ["recorded"],
  id: `cortex.transport.${name}`,
  title,
  source: LOST,
  input: ask(COMPLETES),
  settings: fault ? faultOnSend(fault) : BY_POLLS,
  outcomes: ["failed"],
  wire: SENT_ONCE,
  fix: LOOK_FIRST,
  waives: ["destructive.twice"],
});

/** Longer than the client runs, so that it gets nothing. */
const NEVER_MS = 10 * 60 * 60 * 1000;

const PATIENCE =
  "AWS Builders' Library, Timeouts, retries, and backoff with jitter: every remote call has a time limit";

/** The reply never arrives, or not completely. A client has two seconds for the whole task. */
const hang = (name: string, title: string, fault: Fault): ContractCase => ({
  ...common,
  wireForms: ["recorded"],
  severity: "should",
  id: `cortex.transport.${name}`,
  title,
  source: PATIENCE,
  input: { ...ask(COMPLETES), giveUpSeconds: 2 },
  settings: faultOnSend(fault),
  outcomes: ["failed"],
  wire: SENT_ONCE,
  // Longer than the usual time limits of HTTP clients.
  limitSeconds: 65,
  fix: "Give every call a time limit, at most giveUpSeconds, and report a lost reply as failed.",
});

export const transportCases: readonly ContractCase[] = [
  lost("reset-before-effect", "A call whose connection is reset is reported and sent once", {
    kind: "CONNECTION_RESET_BY_PEER",
  }),
  lost("reset-after-effect", "A call that took effect before the reset is not made twice", {
    kind: "CONNECTION_RESET_BY_PEER",
    effect: true,
  }),
  {
    ...lost("reset-in-body", "A reply that a reset cuts off is not taken for a reply"),
    input: ask(reserved(104)),
  },
  lost(
    "empty-reply",
    "A connection that closes without a byte is reported, and the call is not sent again",
    {
      kind: "EMPTY_RESPONSE",
      effect: true,
    },
  ),
  lost("truncated-body", "A body that is shorter than announced is not taken for a reply", {
    kind: "truncated-body",
  }),
  lost("broken-json", "A body that ends in the middle of its JSON is not taken for a reply", {
    kind: "broken-json",
  }),
  lost("broken-gzip", "A body that cannot be decompressed is not taken for a reply", {
    kind: "broken-gzip",
  }),
  lost("broken-chunk", "A body with invalid chunked encoding is not taken for a reply", {
    kind: "MALFORMED_RESPONSE_CHUNK",
    effect: true,
  }),
  lost("no-http", "Bytes that are not HTTP are not taken for a reply", {
    kind: "RANDOM_DATA_THEN_CLOSE",
    effect: true,
  }),
  hang("hangs", "A reply that never comes is given up in time, and the call sent once", {
    kind: "delay",
    delayMs: NEVER_MS,
  }),
  hang("hangs-in-body", "A body that never comes is given up in time, and the call sent once", {
    kind: "slow-body",
    overMs: NEVER_MS,
  }),
  {
    ...common,
    id: "cortex.transport.redirect",
    title: "A redirect to another host is no success, and gets no credential",
    source:
      "Cortex XDR REST API, Quarantine Files: a success is JSON with reply; the rule secret.redirected looks after the key",
    wireForms: ["recorded"],
    input: ask(COMPLETES),
    settings: {
      ...BY_POLLS,
      faults: [
        { ...QUARANTINE, nth: 1, fault: { kind: "redirect" } },
        // Whether a client follows or not, nothing is done.
        { ...QUARANTINE, nth: 2, times: 9, fault: { kind: "refusal", refusal: "unauthenticated" } },
      ],
    },
    outcomes: ["refused", "failed"],
  },
  {
    ...common,
    id: "cortex.transport.slow-body",
    title: "A body that arrives in pieces is read to the end",
    source: "RFC 9112, section 6: the length of a body says where it ends, at any speed",
    wireForms: ["recorded"],
    input: ask(COMPLETES),
    settings: faultOnSend({ kind: "slow-body", overMs: 600 }),
    outcomes: ["accepted"],
    wire: SENT_ONCE,
  },
];
