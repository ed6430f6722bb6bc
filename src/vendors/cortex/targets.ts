import { faultOf, type Trigger, trip } from "../../core/actions/trigger.ts";
import { VendorError } from "../../core/errors.ts";
import type { Fault } from "../../core/faults/fault.ts";
import type { Tenant } from "../../core/tenant.ts";
import { type Endpoint, endpoints, triggers } from "./state.ts";

/** A filter by endpoint ids, the only one that most calls know. */
export interface IdFilter {
  readonly value: readonly string[];
}

/** The endpoints that every filter names, each once. Ids that name none are left out; nobody left is a refusal. */
export function targetsOf(
  filters: readonly IdFilter[],
  action: string,
  tenant: Tenant,
): readonly Endpoint[] {
  const [first, ...others] = filters;
  let ids = unique(first?.value ?? []);
  for (const { value } of others) {
    const named = new Set(value);
    ids = ids.filter((id) => named.has(id));
  }
  tripOver(ids, action, tenant);
  const found: Endpoint[] = [];
  for (const id of ids) {
    const endpoint = tenant.store.get(endpoints, id);
    if (endpoint) found.push(endpoint);
  }
  return someOf(found, action, ids);
}

/** Refuses as the reserved endpoints among these ids would have it. */
export function tripOver(ids: readonly string[], action: string, { store }: Tenant): void {
  trip(reserved(ids), action, store);
}

/** What the reserved endpoints among those that a request names do to its reply. */
export const replyFault = (named: readonly string[], { store }: Tenant): Fault | undefined =>
  faultOf(reserved(named), store);

const unique = (ids: readonly string[]): readonly string[] =>
  ids.length > 1 ? [...new Set(ids)] : ids;

/** Most calls name none of these, however many endpoints they name. */
function reserved(ids: readonly string[]): readonly Trigger[] {
  const found: Trigger[] = [];
  for (const id of ids) {
    const trigger = triggers.get(id);
    if (trigger) found.push(trigger);
  }
  return found;
}

/** The same endpoints, or the refusal of an action that would go to nobody. */
export function someOf(
  found: readonly Endpoint[],
  action: string,
  asked: readonly string[],
): readonly Endpoint[] {
  if (found.length > 0) return found;
  throw new VendorError({ kind: "no-target", action, targets: asked });
}
