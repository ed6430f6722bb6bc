import type { ContractCase } from "../../../core/contract.ts";
import type { Fault } from "../../../core/faults/fault.ts";
import { AGENTS, onSend, quarantineCase, SOURCES, sends } from "./world.ts";

/** A reply whose body no document prints. */
const plain = (status: number, body: unknown): Fault => ({ kind: "status", status, body });

/** What the vendor says no to, in every form that a no can have. */
export const refusals: readonly ContractCase[] = [
  quarantineCase({
    id: "qualys.refusal.bad-request",
    title: "A request that is refused as bad is reported as refused, and not sent again",
    source: SOURCES.errors,
    input: { agentIds: [AGENTS.badRequest] },
    outcomes: ["refused"],
    says: { status: 400 },
    wire: [sends({ times: 1 })],
    waives: ["request.off-spec"],
  }),
  quarantineCase({
    id: "qualys.refusal.bad-request-empty",
    title: "A refusal without a body is still a refusal",
    source: SOURCES.errors,
    settings: { faults: [onSend(plain(400, ""))] },
    outcomes: ["refused"],
    says: { status: 400 },
    wire: [sends({ times: 1 })],
  }),
  quarantineCase({
    id: "qualys.refusal.forbidden",
    title: "A user without the permission is reported as refused, and the call not sent again",
    source: SOURCES.errors,
    as: "no permission (403)",
    outcomes: ["refused"],
    says: { status: 403 },
    wire: [sends({ times: 1 })],
  }),
  quarantineCase({
    id: "qualys.refusal.no-module",
    title: "A subscription without the module is reported as refused, and the call not sent again",
    source: SOURCES.errors,
    settings: { faults: [onSend({ kind: "refusal", refusal: "unlicensed" })] },
    outcomes: ["refused"],
    says: { status: 403 },
    wire: [sends({ times: 1 })],
  }),
  quarantineCase({
    id: "qualys.refusal.forbidden-text",
    title: "A refusal in plain text is still a refusal",
    source: SOURCES.errors,
    settings: { faults: [onSend(plain(403, "Forbidden"))] },
    outcomes: ["refused"],
    says: { status: 403 },
    wire: [sends({ times: 1 })],
  }),
  quarantineCase({
    id: "qualys.refusal.other-shape",
    title: "A refusal in another of the gateway's shapes is still a refusal",
    source: `${SOURCES.errors}; the shape of a refused sign-in is recorded`,
    settings: {
      faults: [onSend(plain(403, { authentication_exceptions: ["AccessDeniedException"] }))],
    },
    outcomes: ["refused"],
    says: { status: 403 },
    wire: [sends({ times: 1 })],
  }),
  quarantineCase({
    id: "qualys.refusal.failure",
    title: "A failure of the vendor's is reported as one",
    source: SOURCES.errors,
    input: { agentIds: [AGENTS.failure] },
    outcomes: ["failed", "refused"],
    says: { status: 500 },
    wire: [sends({ atLeast: 1, atMost: 4 })],
  }),
  quarantineCase({
    id: "qualys.refusal.failure-text",
    title: "A failure in plain text is reported as one",
    source: SOURCES.errors,
    settings: { faults: [onSend(plain(500, "Internal Server Error"))] },
    outcomes: ["failed", "refused"],
    says: { status: 500 },
    wire: [sends({ atLeast: 1, atMost: 4 })],
  }),
  quarantineCase({
    id: "qualys.refusal.gateway-page",
    title: "A gateway's HTML page is reported as a failure",
    source: "The API stands behind a gateway: what it says in the vendor's place is HTML",
    settings: { faults: [onSend({ kind: "html-page" })] },
    outcomes: ["failed", "refused"],
    says: { status: 502 },
    wire: [sends({ atLeast: 1, atMost: 4 })],
  }),
];
