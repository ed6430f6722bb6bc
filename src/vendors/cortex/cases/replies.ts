import type { ContractCase } from "../../../core/contract.ts";
import {
  ask,
  COMPLETES,
  common,
  follow,
  followBriefly,
  struck,
  struckWhileAsking,
} from "./common.ts";

const NOT_SENT =
  "documented: Cortex XDR REST API, Quarantine Files, reply.status is 0 where it failed";

export const replyCases: readonly ContractCase[] = [
  {
    ...common,
    id: "cortex.replies.types",
    title: "An action id that is a number, or the digits of one, is the same action id",
    source: "documented: Quarantine Files prints strings; recorded: the wire has integers",
    input: follow(COMPLETES),
    settings: struck({ kind: "type-drift" }),
    outcomes: ["completed"],
  },
  {
    ...common,
    id: "cortex.replies.extra-fields",
    title: "Fields that no page names are passed over",
    source: "recorded: errorReasons, which no page prints; the vendor adds fields without notice",
    input: follow(COMPLETES),
    settings: struck({ kind: "extra-fields" }),
    outcomes: ["completed"],
  },
  {
    ...common,
    id: "cortex.replies.unknown-status",
    title: "A status that nobody has heard of is not taken for success",
    source: "observed: new values of enumerations reached public clients, and broke some",
    input: followBriefly(COMPLETES),
    settings: struckWhileAsking({ kind: "unknown-enum" }),
    outcomes: ["failed"],
  },
  {
    ...common,
    id: "cortex.replies.unknown-status-once",
    title: "A status that nobody has heard of does not end the following",
    source: "observed: new values of enumerations reached public clients, and broke some",
    severity: "should",
    input: follow(COMPLETES),
    settings: struckWhileAsking({ kind: "unknown-enum" }, { nth: 1 }),
    outcomes: ["completed"],
  },
  {
    ...common,
    id: "cortex.replies.not-sent",
    title: "A reply that says that the action failed is no success",
    source: NOT_SENT,
    dialects: ["documented"],
    input: ask(COMPLETES),
    settings: struck({
      kind: "status",
      status: 200,
      body: { reply: { action_id: "1001", status: "0", endpoints_count: "0" } },
    }),
    outcomes: ["refused", "failed"],
  },
  {
    ...common,
    id: "cortex.replies.not-sent-number",
    title: "A reply that says so with a number is no success either",
    source: `${NOT_SENT}; recorded: as an integer`,
    dialects: ["observed"],
    input: ask(COMPLETES),
    settings: struck({
      kind: "status",
      status: 200,
      body: { reply: { action_id: 1001, status: 0, endpoints_count: 0 } },
    }),
    outcomes: ["refused", "failed"],
  },
  {
    ...common,
    id: "cortex.replies.media-type",
    title: "A reply of the wrong media type is read, or reported; it is not sent for again",
    source: "assumed: proxies change media types; nothing public shows one that did",
    dialects: ["observed"],
    input: ask(COMPLETES),
    settings: struck({ kind: "wrong-content-type" }),
    outcomes: ["accepted", "failed"],
    wire: [{ where: { "/request_data/file_path": { exists: true } }, times: 1 }],
  },
];
