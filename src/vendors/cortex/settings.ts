import type { Values } from "../../core/setting.ts";
import type { Tenant, TenantSettings } from "../../core/tenant.ts";

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
  refuseNonceReuse: {
    kind: "switch",
    default: false,
    doc: "refuse a signed request whose nonce was used before",
  },
} as const;

/** What a tenant has set of them. */
export const settingsOf = ({ settings: all }: Pick<Tenant, "settings">): Own =>
  all as TenantSettings & Own;

type Own = Values<typeof settings>;
