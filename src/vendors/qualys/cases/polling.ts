import type { ContractCase } from "../../../core/contract.ts";
import { AGENTS, HOSTS, polls, quarantineCase, SOON, SOURCES, sends } from "./world.ts";

const FOLLOWED = `${SOURCES.details}: the statuses; that the requestId may be asked for is assumed`;
const PREREQUISITE = `${SOURCES.quarantine}, Prerequisites: an older agent may be stuck or fail`;

/** The client ends in time, and does not poll more often than the task allows. */
const givesUp = {
  outcomes: ["failed"],
  wire: [sends({ times: 1 }), polls({ atLeast: 1, atMost: 20 })],
} as const;

/** Cases about polling an action until it ends. */
export const polling: readonly ContractCase[] = [
  quarantineCase({
    id: "qualys.poll.success",
    title: "An action is polled from queued to in progress to success",
    source: FOLLOWED,
    input: { wait: true },
    outcomes: ["completed"],
    wire: [sends({ times: 1 }), polls({ atLeast: 3 })],
  }),
  quarantineCase({
    id: "qualys.poll.unversioned",
    title: "An action of the unversioned call is polled on the unversioned path",
    source: FOLLOWED,
    input: { wait: true, version: "none" },
    outcomes: ["completed"],
    wire: [{ operation: "getRemediation", atLeast: 3 }, polls({ times: 0 })],
  }),
  quarantineCase({
    id: "qualys.poll.release",
    title: "A release is polled until it ends, like a quarantine",
    basis: "assumed",
    source: FOLLOWED,
    input: { wait: true, action: "UNQUARANTINE_HOST" },
    outcomes: ["completed"],
    wire: [sends({ times: 1 }), polls({ atLeast: 3 })],
  }),
  quarantineCase({
    id: "qualys.poll.long",
    title: "A client waits for a slow action",
    source: FOLLOWED,
    input: { wait: true },
    settings: { stepPolls: 3 },
    outcomes: ["completed"],
    wire: [sends({ times: 1 }), polls({ atLeast: 7 })],
  }),
  quarantineCase({
    id: "qualys.poll.failed",
    title: "An action that fails is reported as failed",
    source: `${SOURCES.quarantine}, Prerequisites; the spelling "failed" is assumed`,
    input: { wait: true, agentIds: [AGENTS.fails] },
    outcomes: ["failed"],
    wire: [sends({ times: 1 }), polls({ atLeast: 3 })],
  }),
  quarantineCase({
    id: "qualys.poll.old-agent-fails",
    title: "An action that fails because the agent is too old is reported as failed",
    source: PREREQUISITE,
    input: { wait: true, agentIds: [HOSTS.legacy] },
    settings: { oldAgent: "fails" },
    outcomes: ["failed"],
    wire: [sends({ times: 1 }), polls({ atLeast: 3 })],
  }),
  quarantineCase({
    id: "qualys.poll.old-agent-stuck",
    title: "A client gives up in time on an action that an outdated agent never ends",
    source: PREREQUISITE,
    input: { ...SOON, agentIds: [HOSTS.legacy] },
    ...givesUp,
  }),
  quarantineCase({
    id: "qualys.poll.stuck",
    title: "A client gives up in time on an action that stays in progress",
    source: PREREQUISITE,
    input: { ...SOON, agentIds: [AGENTS.stuck] },
    ...givesUp,
  }),
  quarantineCase({
    id: "qualys.poll.stays-queued",
    title: "A client gives up in time on an action that no agent picks up",
    source: `${SOURCES.quarantine}: the first reply is always queued`,
    input: { ...SOON, agentIds: [AGENTS.staysQueued] },
    ...givesUp,
  }),
  quarantineCase({
    id: "qualys.poll.offline",
    title: "An action on an offline host is not reported as completed",
    source: `${SOURCES.quarantine}; that it stays queued is assumed`,
    input: { ...SOON, agentIds: [HOSTS.branch] },
    ...givesUp,
  }),
  quarantineCase({
    id: "qualys.poll.two",
    title: "An action on two hosts is polled until it ends",
    source: FOLLOWED,
    input: { wait: true, agentIds: [HOSTS.desktop, HOSTS.build2] },
    outcomes: ["completed"],
    targets: [HOSTS.desktop, HOSTS.build2],
    wire: [polls({ atLeast: 3 })],
  }),
  quarantineCase({
    id: "qualys.poll.mixed",
    title: "An action that fails on one of two hosts is not reported as completed",
    source: `${SOURCES.details}: a reply is about one agentId, so that the end of one host says nothing of another`,
    input: { wait: true, agentIds: [AGENTS.completes, AGENTS.fails] },
    // No document says how to tell the hosts of one call apart, so a client need not wait.
    outcomes: ["partial", "failed", "accepted"],
    targets: [AGENTS.completes, AGENTS.fails],
    fix: "Poll each host until it ends before you report: a remediationId is about one host only.",
  }),
  quarantineCase({
    id: "qualys.poll.clock-skew",
    title: "A vendor's clock that is wrong by years has no effect",
    source: `${SOURCES.signIn}: the token's times are those of the vendor, which checks them`,
    input: { wait: true },
    settings: { clock: "2019-03-31T23:59:59Z" },
    outcomes: ["completed"],
    wire: [sends({ times: 1 }), polls({ atLeast: 3, atMost: 20 })],
    // The clock is frozen, so every pause has length 0.
    waives: ["poll.hot", "qualys.request.time"],
  }),
];
