import { divert } from "../../../core/actions/action.ts";
import { VendorError } from "../../../core/errors.ts";
import { json } from "../../../core/reply.ts";
import type { Tenant } from "../../../core/tenant.ts";
import type { Operation } from "../../../core/vendor.ts";
import { createAction, lastScan, sentReply } from "../actions.ts";
import { type EndpointFilter, endpointIdsIn, matching } from "../filters.ts";
import { actions, type Endpoint } from "../state.ts";
import { applyTriggers, replyFault, requireTargets } from "../targets.ts";

/** POST endpoints/scan */
export const scanEndpoints: Operation = ({ body, tenant }) => {
  const action = createAction(tenant, "scan", chosen(body, "SCAN", tenant));
  // The page's reply has no status, unlike that of every other action.
  const count = action.targets.length;
  const reply =
    tenant.settings.dialect === "documented"
      ? { action_id: action.id, endpoints_count: String(count) }
      : { action_id: Number(action.id), endpoints_count: count };
  return json({ reply }, { fault: replyFault(named(body), tenant) });
};

/** POST endpoints/abort_scan: stops scans that have not ended. Endpoints without one are skipped. */
export const abortScan: Operation = ({ body, tenant }) => {
  const found = chosen(body, "ABORT_SCAN", tenant);
  const scanning = found.filter(({ id }) => {
    const state = lastScan(tenant, id)?.state;
    return state === "pending" || state === "running";
  });
  const targets = requireTargets(
    scanning,
    "ABORT_SCAN",
    found.map(({ id }) => id),
  );
  for (const { id } of targets) {
    const scan = lastScan(tenant, id)?.action;
    if (!scan) continue;
    tenant.store.put(actions, {
      ...scan,
      targets: scan.targets.map((target) =>
        target.id === id ? divert(scan, target, "aborts", tenant) : target,
      ),
    });
  }
  return sentReply(createAction(tenant, "abort_scan", targets), tenant, named(body));
};

function chosen(body: unknown, action: string, tenant: Tenant): readonly Endpoint[] {
  const conditions = conditionsOf(body);
  const ids = endpointIdsIn(conditions);
  applyTriggers(ids, action, tenant);
  return requireTargets(
    matching(conditions, tenant).map(({ endpoint }) => endpoint),
    action,
    ids,
  );
}

function conditionsOf(body: unknown): readonly EndpointFilter[] {
  const { filters } = (body as { request_data: { filters: unknown } }).request_data;
  if (filters === "all") return [];
  if (Array.isArray(filters)) return filters;
  const what = 'must be an array of filters, or "all"';
  throw new VendorError({ kind: "invalid", problem: { where: "/request_data/filters", what } });
}

const named = (body: unknown): readonly string[] => endpointIdsIn(conditionsOf(body));
