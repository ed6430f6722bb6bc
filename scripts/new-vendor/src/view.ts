import { type Action, stateOf } from "../../core/actions/action.ts";
import type { Tenant } from "../../core/tenant.ts";

/** An action as the vendor shows it. */
export const viewOf = (action: Action, tenant: Tenant): object => {
  const [target] = action.targets;
  return { actionId: action.id, state: target && stateOf(action, target, tenant) };
};
