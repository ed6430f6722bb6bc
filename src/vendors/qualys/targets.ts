import { faultOf, type Trigger, trip } from "../../core/actions/trigger.ts";
import { VendorError } from "../../core/errors.ts";
import type { Fault } from "../../core/faults/fault.ts";
import type { Tenant } from "../../core/tenant.ts";
import { type Asset, assets, triggers } from "./state.ts";

/** The assets of these agents, in order. Throws when one is unknown, or is reserved to force an error. */
export function assetsOf(agentIds: readonly string[], { store }: Tenant): readonly Asset[] {
  trip(triggersAmong(agentIds), "EDR.REMEDIATION.CREATE", store);
  const unknown = agentIds.filter((id) => !store.get(assets, id));
  if (unknown.length > 0) {
    const targets = [...new Set(unknown)];
    throw new VendorError({ kind: "no-target", action: "remediation", targets });
  }
  return agentIds.flatMap((id) => store.get(assets, id) ?? []);
}

/** The fault that a reserved agent among these applies to the reply. */
export const replyFault = (agentIds: readonly string[], { store }: Tenant): Fault | undefined =>
  faultOf(triggersAmong(agentIds), store);

const triggersAmong = (agentIds: readonly string[]): Trigger[] =>
  agentIds.flatMap((id) => triggers.get(id) ?? []);
