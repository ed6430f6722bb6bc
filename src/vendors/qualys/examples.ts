import type { Tenant } from "../../core/tenant.ts";
import type { Example } from "../../core/vendor.ts";
import { events } from "./events.ts";
import { remediationId } from "./remediation.ts";
import { remediations, triggers } from "./state.ts";
import { usersOf } from "./users.ts";

/** The reserved agent on whose host every action succeeds. */
const COMPLETES = triggers.keys().next().value ?? "";

/** What works in a tenant now, for each operation. */
export function exampleOf(operation: string, tenant: Tenant): Example {
  const name = operation.replace(/V1$/, "");
  return EXAMPLES[name]?.(tenant) ?? { values: {} };
}

const EXAMPLES: Readonly<Record<string, (tenant: Tenant) => Example>> = {
  login: (tenant) => {
    const { name: username, password } = userOf(tenant);
    return { values: { username, password } };
  },
  loginOidc: (tenant) => asClient(tenant),
  loginOAuth: (tenant) => asClient(tenant),
  quarantineHost: () => ({ values: { agentId: COMPLETES, eventId: COMPLETES } }),
  performQuarantineHostAction: () => ({ values: { agentId: COMPLETES, eventId: COMPLETES } }),
  performAction: (tenant) => ofEvent(tenant),
  getEvent: (tenant) => ofEvent(tenant),
  getAsset: () => ({ values: { assetId: COMPLETES } }),
  getRemediation: ({ store }) => {
    const last = store.all(remediations).at(-1);
    const [target] = last?.targets ?? [];
    if (last && target) return { values: { remediationId: remediationId(last, target) } };
    return {
      values: {},
      first: { operation: "quarantineHostV1", why: "there is no remediation yet" },
    };
  },
};

const userOf = (tenant: Tenant): { readonly name: string; readonly password: string } =>
  usersOf(tenant)[0] ?? { name: "", password: "" };

function asClient(tenant: Tenant): Example {
  const { name: clientId, password: clientSecret } = userOf(tenant);
  return { values: { clientId, clientSecret } };
}

/** An event on the reserved agent if there is one, else any. */
function ofEvent({ store }: Tenant): Example {
  const all = store.all(events);
  const event = all.find(({ agentId }) => agentId === COMPLETES) ?? all[0];
  return event
    ? { values: { agentId: event.agentId, eventId: event.id, eventType: event.row.type } }
    : { values: {} };
}
