import { json, type Reply } from "../../../core/reply.ts";
import type { Tenant } from "../../../core/tenant.ts";
import { speaks } from "../settings.ts";

/** The reply to a change that creates no action. The pages print a bare boolean; clients expect it wrapped. */
export const done = (tenant: Tenant, detail: unknown = true): Reply =>
  json(speaks("boolean", tenant) ? true : { reply: detail });
