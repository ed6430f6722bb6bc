import { faultOf, type Trigger, trip } from "../../core/actions/trigger.ts";
import { VendorError } from "../../core/errors.ts";
import type { Fault } from "../../core/faults/fault.ts";
import type { Tenant } from "../../core/tenant.ts";
import { type Endpoint, endpointOf, triggers } from "./state.ts";

/** A filter by endpoint ids, the only filter that most calls accept. */
export interface IdFilter {
  readonly value: readonly string[];
}

/** The endpoints that every filter names, each once. Unknown ids are skipped. Throws when no endpoint is left. */
export function targetsOf(
  filters: readonly IdFilter[],
  action: string,
  tenant: Tenant,
): readonly Endpoint[] {
  const [first, ...others] = filters;
  const named = first?.value ?? [];
  let ids: readonly string[] = named.length > 1 ? [...new Set(named)] : named;
  for (const { value } of others) {
    const also = new Set(value);
    ids = ids.filter((id) => also.has(id));
  }
  applyTriggers(ids, action, tenant);
  const found: Endpoint[] = [];
  for (const id of ids) {
    const endpoint = endpointOf(id, tenant);
    if (endpoint) found.push(endpoint);
  }
  return requireTargets(found, action, ids);
}

/** Throws the error that a reserved endpoint among these ids forces. */
export function applyTriggers(ids: readonly string[], action: string, { store }: Tenant): void {
  trip(reserved(ids), action, store);
}

/** The fault that a reserved endpoint among the named ones applies to the reply. */
export const replyFault = (named: readonly string[], { store }: Tenant): Fault | undefined =>
  faultOf(reserved(named), store);

/** The triggers among these ids. A plain loop, because most calls name many endpoints and no trigger. */
function reserved(ids: readonly string[]): readonly Trigger[] {
  const found: Trigger[] = [];
  for (const id of ids) {
    const trigger = triggers.get(id);
    if (trigger) found.push(trigger);
  }
  return found;
}

/** Returns the same endpoints. Throws when there are none: the action would have no target. */
export function requireTargets(
  found: readonly Endpoint[],
  action: string,
  asked: readonly string[],
): readonly Endpoint[] {
  if (found.length > 0) return found;
  throw new VendorError({ kind: "no-target", action, targets: asked });
}
