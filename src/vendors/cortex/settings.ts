import type { Values } from "../../core/setting.ts";
import type { Tenant, TenantSettings, WireForm } from "../../core/tenant.ts";
import { speaker } from "../../core/wire-words.ts";

export const settings = {
  oldAgent: {
    kind: "choice",
    choices: ["stuck", "fails"],
    default: "stuck",
    doc: "what an isolation does on an agent that is too old for it: it stays in progress, or it fails",
  },
  rateLimit: {
    kind: "choice",
    choices: ["off", "429", "409"],
    default: "off",
    doc: "refuse calls over the rate with 429; 409 does the same, as this vendor has no other status",
  },
  signatureWindowSeconds: {
    kind: "integer",
    min: 1,
    max: 31_536_000,
    default: 900,
    doc: "seconds by which a signed request's timestamp may differ from the clock, either way",
  },
  errors: {
    kind: "choice",
    choices: ["wire", "flat", "wrapped"],
    wire: { document: "flat", recorded: "wrapped" },
    default: "wire",
    doc: "error responses: flat as documented, wrapped as recorded (words and statuses too), or as --wire",
  },
  numbers: {
    kind: "choice",
    choices: ["wire", "text", "number"],
    wire: { document: "text", recorded: "number" },
    default: "wire",
    doc: "ids and counts in the replies of actions: text, number, or as --wire",
  },
  listReplies: {
    kind: "choice",
    choices: ["wire", "boolean", "object"],
    wire: { document: "boolean", recorded: "object" },
    default: "wire",
    doc: "what a change without an action returns: a bare boolean, an object around it, or as --wire",
  },
  unknownFields: {
    kind: "choice",
    choices: ["wire", "refuse", "ignore"],
    wire: { document: "refuse", recorded: "ignore" },
    default: "wire",
    doc: "fields that a call does not have: refuse them, ignore them with a finding, or as --wire",
  },
  requiredFields: {
    kind: "choice",
    choices: ["needed", "page"],
    wire: { document: "needed", recorded: "needed" },
    default: "needed",
    doc: "fields that a quarantine must have: all that it needs, or only request_data as the page marks",
  },
  refuseNonceReuse: {
    kind: "switch",
    default: false,
    doc: "refuse a signed request whose nonce was used before",
  },
} as const;

/** The values of a tenant's settings. */
export const settingsOf = ({ settings: all }: Pick<Tenant, "settings">): Own =>
  all as TenantSettings & Own;

type Own = Values<typeof settings>;

type Switches = Extract<(typeof settings)[keyof typeof settings], { readonly wire: object }>;

type Word = WireForm | Exclude<Switches["choices"][number], "wire">;

/** Whether the tenant's replies have the form with this name in the document, by a switch or by the preset. */
export const speaks: ReturnType<typeof speaker<Word>> = speaker<Word>(settings);
