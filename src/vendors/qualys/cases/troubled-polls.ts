import type { ContractCase } from "../../../core/contract.ts";
import type { Fault } from "../../../core/faults/fault.ts";
import { onPoll, polls, quarantineCase, SOON, SOURCES, sends } from "./world.ts";

interface Trouble {
  readonly id: string;
  readonly title: string;
  readonly source: string;
  readonly fault: Fault;
}

const TROUBLES: readonly Trouble[] = [
  {
    id: "qualys.poll.gateway-page-once",
    title: "A gateway's page in place of a status is not taken for the action's end",
    source: "The API is behind a gateway, whose own error pages are HTML",
    fault: { kind: "html-page" },
  },
  {
    id: "qualys.poll.reset-once",
    title: "A connection that breaks during a poll is not taken for the action's end",
    source: SOURCES.http,
    fault: { kind: "CONNECTION_RESET_BY_PEER" },
  },
  {
    id: "qualys.poll.broken-once",
    title: "A truncated status is not taken for the action's end",
    source: SOURCES.http,
    fault: { kind: "broken-json" },
  },
  {
    id: "qualys.poll.unknown-status-once",
    title: "An unknown status is not taken for the action's end",
    source: `${SOURCES.quarantine}: it gives the statuses as examples`,
    fault: { kind: "unknown-enum", at: "/status" },
  },
  {
    id: "qualys.poll.too-often-once",
    title:
      "A status call over the rate limit is sent again later, or the action is reported as failed",
    source: SOURCES.rates,
    fault: { kind: "refusal", refusal: "rate-limited", retryAfterSeconds: 1 },
  },
];

/** Cases with a failed status call, which says nothing about the action. */
export const troubledPolls: readonly ContractCase[] = [
  ...TROUBLES.map(({ fault, ...rest }) =>
    quarantineCase({
      ...rest,
      input: { wait: true },
      settings: { faults: [onPoll(fault, { nth: 2 })] },
      // Continuing is better, but reporting a failure is not wrong.
      outcomes: [
        "completed",
        "failed",
        ...(fault.kind === "refusal" ? (["refused"] as const) : []),
      ],
      wire: [sends({ times: 1 })],
    }),
  ),
  quarantineCase({
    id: "qualys.poll.unknown-status",
    title:
      "A client gives up in time on a status that stays unknown, and does not take it for success",
    source: `${SOURCES.quarantine}: it gives the statuses as examples`,
    input: SOON,
    settings: { faults: [onPoll({ kind: "unknown-enum", at: "/status" })] },
    outcomes: ["failed"],
    wire: [sends({ times: 1 }), polls({ atMost: 20 })],
  }),
  quarantineCase({
    id: "qualys.poll.refused",
    title: "A refused status call is reported, and the host is not quarantined again",
    source: SOURCES.errors,
    input: SOON,
    settings: { faults: [onPoll({ kind: "refusal", refusal: "forbidden" })] },
    outcomes: ["refused", "failed"],
    says: { status: 403 },
    wire: [sends({ times: 1 }), polls({ times: 1 })],
  }),
  quarantineCase({
    id: "qualys.poll.unknown-remediation",
    title: "An action that cannot be found is reported, and not taken for success",
    source: SOURCES.errors,
    input: SOON,
    settings: { faults: [onPoll({ kind: "refusal", refusal: "not-found" })] },
    outcomes: ["refused", "failed"],
    says: { status: 404 },
    wire: [sends({ times: 1 }), polls({ atLeast: 1, atMost: 20 })],
  }),
];
