import type { ContractCase } from "../../../core/contract.ts";
import type { Fault } from "../../../core/faults/fault.ts";
import { AGENTS, onSend, quarantineCase, SOURCES, sends } from "./world.ts";

/** For replies whose body is not in a document. */
const plain = (status: number, body: unknown): Fault => ({ kind: "status", status, body });

/** Cases with an error response, in every form that it can have. */
export const refusals: readonly ContractCase[] = [
  quarantineCase({
    id: "qualys.refusal.bad-request",
    title: "A 400 is reported as refused, and the call is not sent again",
    source: SOURCES.errors,
    input: { agentIds: [AGENTS.badRequest] },
    outcomes: ["refused"],
    says: { status: 400 },
    wire: [sends({ times: 1 })],
    waives: ["request.off-spec"],
  }),
  quarantineCase({
    id: "qualys.refusal.bad-request-empty",
    title: "An error response without a body is reported as refused",
    source: SOURCES.errors,
    settings: { faults: [onSend(plain(400, ""))] },
    outcomes: ["refused"],
    says: { status: 400 },
    wire: [sends({ times: 1 })],
  }),
  quarantineCase({
    id: "qualys.refusal.forbidden",
    title: "A missing permission is reported as refused, and the call is not sent again",
    source: SOURCES.errors,
    as: "no permission (403)",
    outcomes: ["refused"],
    says: { status: 403 },
    wire: [sends({ times: 1 })],
  }),
  quarantineCase({
    id: "qualys.refusal.no-module",
    title:
      "A subscription without the module is reported as refused, and the call is not sent again",
    source: SOURCES.errors,
    settings: { faults: [onSend({ kind: "refusal", refusal: "unlicensed" })] },
    outcomes: ["refused"],
    says: { status: 403 },
    wire: [sends({ times: 1 })],
  }),
  quarantineCase({
    id: "qualys.refusal.forbidden-text",
    title: "An error response in plain text is reported as refused",
    source: SOURCES.errors,
    settings: { faults: [onSend(plain(403, "Forbidden"))] },
    outcomes: ["refused"],
    says: { status: 403 },
    wire: [sends({ times: 1 })],
  }),
  quarantineCase({
    id: "qualys.refusal.other-shape",
    title: "An error response in another form of the gateway is reported as refused",
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
    title: "A server error of the vendor is reported as a failure",
    source: SOURCES.errors,
    input: { agentIds: [AGENTS.failure] },
    outcomes: ["failed", "refused"],
    says: { status: 500 },
    wire: [sends({ atLeast: 1, atMost: 4 })],
  }),
  quarantineCase({
    id: "qualys.refusal.failure-text",
    title: "A server error in plain text is reported as a failure",
    source: SOURCES.errors,
    settings: { faults: [onSend(plain(500, "Internal Server Error"))] },
    outcomes: ["failed", "refused"],
    says: { status: 500 },
    wire: [sends({ atLeast: 1, atMost: 4 })],
  }),
  quarantineCase({
    id: "qualys.refusal.gateway-page",
    title: "A gateway's HTML page is reported as a failure",
    source: "The API is behind a gateway, whose own error pages are HTML",
    settings: { faults: [onSend({ kind: "html-page" })] },
    outcomes: ["failed", "refused"],
    says: { status: 502 },
    wire: [sends({ atLeast: 1, atMost: 4 })],
  }),
];
