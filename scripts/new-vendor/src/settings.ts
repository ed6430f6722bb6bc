import type { Values } from "../../core/setting.ts";
import type { Tenant, TenantSettings } from "../../core/tenant.ts";

export const settings = {
  acmeRefuseRepeats: {
    kind: "switch",
    default: false,
    doc: "refuse to isolate a device that is being isolated already",
  },
} as const;

type Own = Values<typeof settings>;

/** The values of a tenant's settings. */
export const settingsOf = ({ settings: all }: Pick<Tenant, "settings">): Own =>
  all as TenantSettings & Own;
