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
    title: "A gateway's page in place of a status is not the action's end",
    source: "The API stands behind a gateway: what it says in the vendor's place is HTML",
    fault: { kind: "html-page" },
  },
  {
    id: "qualys.poll.reset-once",
    title: "A connection that breaks while a status is read is not the action's end",
    source: SOURCES.http,
    fault: { kind: "CONNECTION_RESET_BY_PEER" },
  },
  {
    id: "qualys.poll.broken-once",
    title: "A status that breaks off in the middle is not the action's end",
    source: SOURCES.http,
    fault: { kind: "broken-json" },
  },
  {
    id: "qualys.poll.unknown-status-once",
    title: "A status that nobody has heard of is not the action's end",
    source: `${SOURCES.quarantine}: it gives the statuses as examples`,
    fault: { kind: "unknown-enum", at: "/status" },
  },
  {
    id: "qualys.poll.too-often-once",
    title: "A status call that is one too many is made later, or the action reported as failed",
    source: SOURCES.rates,
    fault: { kind: "refusal", refusal: "rate-limited", retryAfterSeconds: 1 },
  },
];

/** What goes wrong while an action is followed: it is not what became of the action. */
export const troubledPolls: readonly ContractCase[] = [
  ...TROUBLES.map(({ fault, ...rest }) =>
    quarantineCase({
      ...rest,
      input: { wait: true },
      settings: { faults: [onPoll(fault, { nth: 2 })] },
      // Going on is better; but to say that it is not known any more is no lie.
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
    title: "A status that stays unheard of is given up in time, and never taken for success",
    source: `${SOURCES.quarantine}: it gives the statuses as examples`,
    input: SOON,
    settings: { faults: [onPoll({ kind: "unknown-enum", at: "/status" })] },
    outcomes: ["failed"],
    wire: [sends({ times: 1 }), polls({ atMost: 20 })],
  }),
  quarantineCase({
    id: "qualys.poll.refused",
    title: "A status call that is refused is reported, and the host not quarantined once more",
    source: SOURCES.errors,
    input: SOON,
    settings: { faults: [onPoll({ kind: "refusal", refusal: "forbidden" })] },
    outcomes: ["refused", "failed"],
    says: { status: 403 },
    wire: [sends({ times: 1 }), polls({ times: 1 })],
  }),
  quarantineCase({
    id: "qualys.poll.unknown-remediation",
    title: "An action that cannot be found is reported, and never taken for success",
    source: SOURCES.errors,
    input: SOON,
    settings: { faults: [onPoll({ kind: "refusal", refusal: "not-found" })] },
    outcomes: ["refused", "failed"],
    says: { status: 404 },
    wire: [sends({ times: 1 }), polls({ atLeast: 1, atMost: 20 })],
  }),
];
