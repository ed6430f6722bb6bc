import type { Values } from "../../core/setting.ts";
import type { Tenant, TenantSettings } from "../../core/tenant.ts";
import { speaker } from "../../core/wire-words.ts";

export const settings = {
  oldAgent: {
    kind: "choice",
    choices: ["stuck", "fails"],
    default: "stuck",
    doc: "what an action does on an agent that is too old for it: it stays in progress, or it fails",
  },
  rateLimit: {
    kind: "choice",
    choices: ["off", "429", "409"],
    default: "off",
    doc: "refuse calls over the rate: with 429, or with 409 as the vendor's older documents have it",
  },
  numbers: {
    kind: "choice",
    choices: ["wire", "text", "number"],
    wire: { document: "text", recorded: "number" },
    default: "wire",
    doc: "the score in an event's indicators: text, number, or as --wire",
  },
  emptyLists: {
    kind: "choice",
    choices: ["200", "204"],
    default: "200",
    doc: "how a list without rows is answered: with 200 and [], or with 204 as some published clients expect",
  },
} as const;

/** The values of a tenant's settings. */
export const settingsOf = ({ settings: all }: Pick<Tenant, "settings">): Own =>
  all as TenantSettings & Own;

type Own = Values<typeof settings>;

/** Whether the tenant's replies have the form with this name in the document, by a switch or by the preset. */
export const speaks: ReturnType<typeof speaker<"text" | "number">> = speaker(settings);
