import type { Values } from "../../core/setting.ts";
import type { Tenant, TenantSettings } from "../../core/tenant.ts";

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
  emptyLists: {
    kind: "choice",
    choices: ["200", "204"],
    default: "200",
    doc: "how a list without rows is answered: with 200 and [], or with 204 as some published clients expect",
  },
} as const;

/** What a tenant has set of them. */
export const settingsOf = ({ settings: all }: Pick<Tenant, "settings">): Own =>
  all as TenantSettings & Own;

type Own = Values<typeof settings>;
