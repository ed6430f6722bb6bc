import type { ContractCase } from "../../../core/contract.ts";
import { AGENTS, HOSTS, polls, quarantineCase, SOON, SOURCES, sends } from "./world.ts";

const FOLLOWED = `${SOURCES.details}: the statuses; that the requestId may be asked for is assumed`;
const PREREQUISITE = `${SOURCES.quarantine}, Prerequisites: an older agent may be stuck or fail`;

/** It ends by itself, and does not ask more often than it was told to. */
const givesUp = {
  outcomes: ["failed"],
  wire: [sends({ times: 1 }), polls({ atLeast: 1, atMost: 20 })],
} as const;

/** Following an action to its end, whichever that is. */
export const polling: readonly ContractCase[] = [
  quarantineCase({
    id: "qualys.poll.success",
    title: "An action is followed from queued over in progress to success",
    source: FOLLOWED,
    input: { wait: true },
    outcomes: ["completed"],
    wire: [sends({ times: 1 }), polls({ atLeast: 3 })],
  }),
  quarantineCase({
    id: "qualys.poll.unversioned",
    title: "An action of the unversioned call is followed on the unversioned path",
    source: FOLLOWED,
    input: { wait: true, version: "none" },
    outcomes: ["completed"],
    wire: [{ operation: "getRemediation", atLeast: 3 }, polls({ times: 0 })],
  }),
  quarantineCase({
    id: "qualys.poll.release",
    title: "A release is followed to its end like a quarantine",
    basis: "assumed",
    source: FOLLOWED,
    input: { wait: true, action: "UNQUARANTINE_HOST" },
    outcomes: ["completed"],
    wire: [sends({ times: 1 }), polls({ atLeast: 3 })],
  }),
  quarantineCase({
    id: "qualys.poll.long",
    title: "An action that takes its time is waited for",
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
    title: "An action that an agent too old never ends is given up in time",
    source: PREREQUISITE,
    input: { ...SOON, agentIds: [HOSTS.legacy] },
    ...givesUp,
  }),
  quarantineCase({
    id: "qualys.poll.stuck",
    title: "An action that stays in progress is given up in time",
    source: PREREQUISITE,
    input: { ...SOON, agentIds: [AGENTS.stuck] },
    ...givesUp,
  }),
  quarantineCase({
    id: "qualys.poll.stays-queued",
    title: "An action that nobody picks up is given up in time",
    source: `${SOURCES.quarantine}: queued is what it answers at once, whatever follows`,
    input: { ...SOON, agentIds: [AGENTS.staysQueued] },
    ...givesUp,
  }),
  quarantineCase({
    id: "qualys.poll.offline",
    title: "An action on a host that is switched off is not taken for done",
    source: `${SOURCES.quarantine}; that it stays queued is assumed`,
    input: { ...SOON, agentIds: [HOSTS.branch] },
    ...givesUp,
  }),
  quarantineCase({
    id: "qualys.poll.two",
    title: "An action on two hosts is followed to its end",
    source: FOLLOWED,
    input: { wait: true, agentIds: [HOSTS.desktop, HOSTS.build2] },
    outcomes: ["completed"],
    targets: [HOSTS.desktop, HOSTS.build2],
    wire: [polls({ atLeast: 3 })],
  }),
  quarantineCase({
    id: "qualys.poll.mixed",
    title: "An action that fails on one of two hosts is not reported as completed",
    source: `${SOURCES.details}: a reply tells of one agentId, so that the end of one host says nothing of another`,
    input: { wait: true, agentIds: [AGENTS.completes, AGENTS.fails] },
    // How the hosts of one call are told apart is nowhere written: a client may leave it at having sent the call.
    outcomes: ["partial", "failed", "accepted"],
    targets: [AGENTS.completes, AGENTS.fails],
    fix: "Follow each host to its end before you report; a remediationId tells of one host only.",
  }),
  quarantineCase({
    id: "qualys.poll.clock-skew",
    title: "A vendor's clock that is years off changes nothing",
    source: `${SOURCES.signIn}: the token's times are the vendor's, and the vendor judges them`,
    input: { wait: true },
    settings: { clock: "2019-03-31T23:59:59Z" },
    outcomes: ["completed"],
    wire: [sends({ times: 1 }), polls({ atLeast: 3, atMost: 20 })],
    // Time stands still there, so that every pause is none.
    waives: ["poll.hot", "qualys.request.time"],
  }),
];
