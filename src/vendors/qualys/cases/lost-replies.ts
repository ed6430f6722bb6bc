import type { ContractCase } from "../../../core/contract.ts";
import type { Fault } from "../../../core/faults/fault.ts";
import { type Given, onSend, quarantineCase, SOURCES, sends } from "./world.ts";

interface Loss {
  readonly id: string;
  readonly title: string;
  readonly fault: Fault;
}

const LOSSES: readonly Loss[] = [
  {
    id: "qualys.lost.reset-before",
    title: "A connection that is reset before the effect: reported as failed, and not sent again",
    fault: { kind: "CONNECTION_RESET_BY_PEER" },
  },
  {
    id: "qualys.lost.reset-after",
    title: "A connection that is reset after the effect: reported as failed, and not sent again",
    fault: { kind: "CONNECTION_RESET_BY_PEER", effect: true },
  },
  {
    id: "qualys.lost.reset-within",
    title: "A connection that is reset within the reply: reported as failed, and not sent again",
    fault: { kind: "CONNECTION_RESET_BY_PEER", afterBytes: 10, effect: true },
  },
  {
    id: "qualys.lost.nothing",
    title: "A connection that closes without a reply: reported as failed, and not sent again",
    fault: { kind: "EMPTY_RESPONSE", effect: true },
  },
  {
    id: "qualys.lost.truncated",
    title: "A reply that is shorter than announced: reported as failed, and not sent again",
    fault: { kind: "truncated-body" },
  },
  {
    id: "qualys.lost.broken-json",
    title: "A reply that is not JSON: reported as failed, and not sent again",
    fault: { kind: "broken-json" },
  },
  {
    id: "qualys.lost.broken-gzip",
    title: "A reply that cannot be decompressed: reported as failed, and not sent again",
    fault: { kind: "broken-gzip" },
  },
  {
    id: "qualys.lost.broken-chunk",
    title: "A reply that breaks the rules of HTTP: reported as failed, and not sent again",
    fault: { kind: "MALFORMED_RESPONSE_CHUNK", effect: true },
  },
  {
    id: "qualys.lost.noise",
    title: "A reply that is not HTTP: reported as failed, and not sent again",
    fault: { kind: "RANDOM_DATA_THEN_CLOSE", effect: true },
  },
  {
    id: "qualys.lost.gateway-timeout",
    title: "A gateway that did not wait for the reply: reported as failed, and not sent again",
    fault: { kind: "html-page", status: 504, effect: true },
  },
];

/** Longer than the client runs, so that it gets nothing. */
const NEVER_MS = 10 * 60 * 60 * 1000;

const HANGS: readonly Loss[] = [
  {
    id: "qualys.lost.hangs",
    title: "A reply that never comes is given up in time: reported as failed, and not sent again",
    fault: { kind: "delay", delayMs: NEVER_MS },
  },
  {
    id: "qualys.lost.hangs-within",
    title: "A body that never comes is given up in time: reported as failed, and not sent again",
    fault: { kind: "slow-body", overMs: NEVER_MS },
  },
];

const LOOK_FIRST =
  "Send it once. Before another attempt, check whether the first one took effect; otherwise report that this is unknown.";

/** It is unknown whether the host is in quarantine, so the client must not report that it is, and must not send again. */
const lost = ({ fault, ...rest }: Loss, more: Partial<Given> = {}): ContractCase =>
  quarantineCase({
    ...rest,
    source: SOURCES.http,
    input: { wait: true },
    settings: { faults: [onSend(fault, { nth: 1 })] },
    outcomes: ["failed"],
    wire: [sends({ times: 1 })],
    fix: LOOK_FIRST,
    ...more,
  });

export const lostReplies: readonly ContractCase[] = [
  ...LOSSES.map((loss) => lost(loss)),
  ...HANGS.map((loss) =>
    lost(loss, {
      severity: "should",
      source:
        "AWS Builders' Library, Timeouts, retries, and backoff with jitter: every remote call has a time limit",
      input: { giveUpSeconds: 2 },
      // Longer than the usual time limits of HTTP clients.
      limitSeconds: 65,
      fix: "Give every call a time limit, at most giveUpSeconds, and report a lost reply as failed.",
    }),
  ),
];
