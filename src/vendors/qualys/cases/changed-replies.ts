import type { ContractCase } from "../../../core/contract.ts";
import type { Fault, FaultRule } from "../../../core/faults/fault.ts";
import { onLogin, onPoll, onSend, polls, quarantineCase, SOURCES, sends } from "./world.ts";

const everywhere = (fault: Fault): { readonly faults: readonly FaultRule[] } => ({
  faults: [onSend(fault), onPoll(fault)],
});

/** Cases with unusual forms of replies. */
export const changedReplies: readonly ContractCase[] = [
  quarantineCase({
    id: "qualys.reply.extra-fields",
    title: "Fields that no document lists are ignored",
    source: "Qualys EDR API: no page says that its list of a reply's fields is complete",
    input: { wait: true },
    settings: everywhere({ kind: "extra-fields" }),
    outcomes: ["completed"],
    wire: [sends({ times: 1 }), polls({ atLeast: 3 })],
  }),
  quarantineCase({
    id: "qualys.reply.type-drift",
    title: "A number that comes as a string is accepted",
    basis: "observed",
    source: `${SOURCES.clients}: a score is a string in one sample and a number in another`,
    input: { wait: true },
    settings: everywhere({ kind: "type-drift" }),
    outcomes: ["completed"],
    wire: [sends({ times: 1 }), polls({ atLeast: 3 })],
  }),
  quarantineCase({
    id: "qualys.reply.unknown-receipt",
    title: "The call is not sent again after a receipt with an unknown status",
    source: `${SOURCES.quarantine}: it prints two statuses, and the details a third`,
    settings: { faults: [onSend({ kind: "unknown-enum", at: "/status" })] },
    outcomes: ["accepted", "failed"],
    wire: [sends({ times: 1 })],
  }),
  quarantineCase({
    id: "qualys.reply.content-type",
    title: "A receipt with a wrong media type is read or reported",
    source: `${SOURCES.quarantine}: it prints no media type`,
    settings: { faults: [onSend({ kind: "wrong-content-type" })] },
    outcomes: ["accepted", "failed"],
    wire: [sends({ times: 1 })],
  }),
  quarantineCase({
    id: "qualys.reply.slow-body",
    title: "Replies that arrive in pieces are read to the end",
    source: SOURCES.http,
    input: { wait: true },
    settings: {
      faults: [
        onLogin({ kind: "slow-body", overMs: 200 }),
        onSend({ kind: "slow-body", overMs: 200 }),
        onPoll({ kind: "slow-body", overMs: 200 }, { nth: 1 }),
      ],
    },
    outcomes: ["completed"],
    wire: [sends({ times: 1 }), polls({ atLeast: 3 })],
  }),
];
