import type { TenantSettings } from "../../src/core/tenant.ts";
import { readSettings, tenantSettingsOf } from "../../src/settings/read.ts";

/** What a tenant has when nothing is set. */
export const defaultSettings: TenantSettings = tenantSettingsOf(readSettings([]));
