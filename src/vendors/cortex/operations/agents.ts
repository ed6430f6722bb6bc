import { VendorError } from "../../../core/errors.ts";
import { json } from "../../../core/reply.ts";
import type { Operation } from "../../../core/vendor.ts";
import { type EndpointFilter, endpointIdsIn, matching } from "../filters.ts";
import { endpointOf, endpoints } from "../state.ts";
import { applyTriggers, type IdFilter, replyFault, requireTargets, targetsOf } from "../targets.ts";
import { fullView } from "../view.ts";
import { done } from "./done.ts";

interface DeleteRequest {
  readonly request_data: { readonly filters: readonly IdFilter[] };
}

/** POST endpoints/delete: the inventory forgets the endpoints. */
export const deleteEndpoints: Operation = ({ body, tenant }) => {
  const { filters } = (body as DeleteRequest).request_data;
  const found = targetsOf(filters, "DELETE", tenant);
  for (const { id } of found) tenant.store.delete(endpoints, id);
  return json(
    { reply: true },
    {
      fault: replyFault(
        found.map(({ id }) => id),
        tenant,
      ),
    },
  );
};

interface PolicyRequest {
  readonly request_data: { readonly endpoint_id: string };
}

/** POST endpoints/get_policy: the name of the endpoint's prevention policy, as get_endpoint shows it. */
export const getPolicy: Operation = ({ body, tenant }) => {
  const { endpoint_id: id } = (body as PolicyRequest).request_data;
  applyTriggers([id], "GET_POLICY", tenant);
  const endpoint = endpointOf(id, tenant);
  if (!endpoint) {
    throw new VendorError({
      kind: "not-found",
      what: "endpoint",
      id,
      call: "endpoints - get_policy",
    });
  }
  const policy_name = fullView(endpoint, tenant)["assigned_prevention_policy"];
  return json({ reply: { policy_name } }, { fault: replyFault([id], tenant) });
};

interface AliasRequest {
  readonly request_data: { readonly filters: readonly EndpointFilter[]; readonly alias: string };
}

/** POST endpoints/update_agent_name: the alias of endpoints. An empty one deletes it. */
export const updateAgentName: Operation = ({ body, tenant }) => {
  const { filters, alias } = (body as AliasRequest).request_data;
  const ids = endpointIdsIn(filters);
  applyTriggers(ids, "SET_ALIAS", tenant);
  const found = matching(filters, tenant);
  for (const endpoint of requireTargets(found, "SET_ALIAS", ids)) {
    tenant.store.put(endpoints, { ...endpoint, own: { ...endpoint.own, alias } });
  }
  return done(tenant);
};
