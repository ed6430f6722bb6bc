import { VendorError } from "../../core/errors.ts";
import type { Fault } from "../../core/fault.ts";
import type { Tenant } from "../../core/tenant.ts";
import { faultOf, trip } from "../../core/trigger.ts";
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
  const [first = [], ...others] = filters.map(({ value }) => new Set(value));
  const ids = [...first].filter((id) => others.every((other) => other.has(id)));
  tripOver(ids, action, tenant);
  return someOf(
    ids.flatMap((id) => tenant.store.get(endpoints, id) ?? []),
    action,
    ids,
  );
}

/** Refuses as the reserved endpoints among these ids would have it. */
export function tripOver(ids: readonly string[], action: string, { store }: Tenant): void {
  trip(
    ids.flatMap((id) => triggers.get(id) ?? []),
    action,
    store,
  );
}

/** What the reserved endpoints among those that a request names do to its reply. */
export const replyFault = (named: readonly string[], { store }: Tenant): Fault | undefined =>
  faultOf(
    named.flatMap((id) => triggers.get(id) ?? []),
    store,
  );

/** The same endpoints, or the refusal of an action that would go to nobody. */
export function someOf(
  found: readonly Endpoint[],
  action: string,
  asked: readonly string[],
): readonly Endpoint[] {
  if (found.length > 0) return found;
  throw new VendorError({ kind: "no-target", action, targets: asked });
}
