import type { ContractCase } from "../../../core/contract.ts";
import { AGENTS, accepted, HOSTS, onceFor, quarantineCase, SOURCES, sends } from "./world.ts";

const ALL = [...Object.values(HOSTS), AGENTS.completes, AGENTS.fails, AGENTS.stuck];

const COMMENT = "Überprüfung läuft: 検疫 🚨";
const QUOTED = 'He said "open it"\n\tC:\\temp & <b>50%</b> $HOME';

/** Cases about the quarantine call: its content, and that it is sent once. */
export const quarantine: readonly ContractCase[] = [
  quarantineCase({
    id: "qualys.quarantine.versioned",
    title: "A host is quarantined by one call on a path of version 1",
    source: SOURCES.quarantine,
    outcomes: ["accepted"],
    wire: [
      sends({ times: 1 }),
      onceFor(AGENTS.completes),
      { operation: "quarantineHost", times: 0 },
      { operation: "performQuarantineHostAction", times: 0 },
    ],
  }),
  quarantineCase({
    id: "qualys.quarantine.unversioned",
    title: "A host is quarantined by one call on a path without a version",
    source: SOURCES.quarantine,
    input: { version: "none" },
    outcomes: ["accepted"],
    wire: [
      sends({ times: 1 }),
      onceFor(AGENTS.completes),
      { operation: "quarantineHostV1", times: 0 },
      { operation: "performQuarantineHostActionV1", times: 0 },
    ],
  }),
  quarantineCase({
    id: "qualys.quarantine.release",
    title: "A host is released, and not quarantined again",
    basis: "assumed",
    source: `${SOURCES.quarantine}; how the action is then spelt is assumed`,
    input: { action: "UNQUARANTINE_HOST" },
    outcomes: ["accepted"],
    wire: [
      {
        where: { "/assetActionParameter/assetActions/*/action": "UNQUARANTINE_HOST" },
        times: 1,
      },
      { where: { "/assetActionParameter/assetActions/*/action": "QUARANTINE_HOST" }, times: 0 },
    ],
  }),
  quarantineCase({
    id: "qualys.quarantine.two",
    title: "Two hosts are quarantined, each of them once",
    source: SOURCES.quarantine,
    input: { agentIds: [HOSTS.laptop, HOSTS.build1] },
    outcomes: ["accepted"],
    targets: [HOSTS.laptop, HOSTS.build1],
  }),
  quarantineCase({
    id: "qualys.quarantine.many",
    title: "Many hosts are quarantined, each of them once",
    source: `${SOURCES.quarantine}; it prints no upper limit`,
    input: { agentIds: ALL },
    outcomes: ["accepted"],
    targets: ALL,
  }),
  quarantineCase({
    id: "qualys.quarantine.unknown-agent",
    title: "An unknown agent is reported, and the call is not sent again",
    basis: "assumed",
    source: `${SOURCES.quarantine}; that one unknown agent refuses all is assumed`,
    input: { agentIds: [HOSTS.laptop, "00000000-0000-4000-8000-000000000000"] },
    outcomes: ["refused", "partial"],
    says: { status: 404 },
    // A client that looks up the agents first need not send it.
    wire: [sends({ atMost: 2 }), { vendor: "qualys", atLeast: 1 }],
    evidence: {},
  }),
  quarantineCase({
    id: "qualys.quarantine.comment-non-ascii",
    title: "A comment with non-ASCII letters arrives unchanged",
    source: SOURCES.quarantine,
    input: { comment: COMMENT },
    outcomes: ["accepted"],
    wire: [{ where: { "/comment": COMMENT }, times: 1 }],
  }),
  quarantineCase({
    id: "qualys.quarantine.comment-quotes",
    title: "A comment with quotes, line ends and backslashes arrives unchanged",
    source: SOURCES.quarantine,
    input: { comment: QUOTED },
    outcomes: ["accepted"],
    wire: [{ where: { "/comment": QUOTED }, times: 1 }],
  }),
  quarantineCase({
    id: "qualys.quarantine.user-encoded",
    title: "A user's name is percent-encoded in the query",
    source: `${SOURCES.quarantine}: the sample has user and userId in the query`,
    input: { user: "Jane & Söhne", userId: "jane+doe@example.com" },
    outcomes: ["accepted"],
    wire: [
      sends({ times: 1 }),
      { where: { "query/user": "Jane " }, times: 0 },
      // Encoded twice.
      { where: { "query/user": { contains: "%" } }, times: 0 },
      { where: { "query/userId": "jane doe@example.com" }, times: 0 },
    ],
  }),
  quarantineCase({
    id: "qualys.quarantine.user-unsaid",
    title: "A client without a user in its task uses its own",
    source: `${SOURCES.quarantine}: user and userId are mandatory`,
    input: { user: undefined, userId: undefined },
    outcomes: ["accepted"],
    wire: [accepted(1)],
  }),
];
