import { divert } from "../../../core/actions/action.ts";
import { isTerminal } from "../../../core/actions/progress.ts";
import { type Problem, VendorError } from "../../../core/errors.ts";
import { isEmpty } from "../../../core/json/empty.ts";
import { json } from "../../../core/reply.ts";
import type { Tenant } from "../../../core/tenant.ts";
import type { Operation } from "../../../core/vendor.ts";
import { createAction, lastScan, sentReply } from "../actions.ts";
import { type EndpointFilter, endpointIdsIn, matching } from "../filters.ts";
import { speaks } from "../settings.ts";
import { actions, type Endpoint } from "../state.ts";
import { applyTriggers, replyFault, requireTargets } from "../targets.ts";

/** POST endpoints/scan */
export const scanEndpoints: Operation = ({ body, tenant }) => {
  const found = chosen(body, "SCAN", tenant);
  const idle = found.filter(({ id }) => !isScanned(tenant, id));
  if (idle.length === 0) {
    const reason = "a scan is already in progress on every one of the endpoints";
    throw new VendorError({ kind: "conflict", action: "SCAN", reason });
  }
  const action = createAction(tenant, "scan", idle, { incident_id: incidentIn(body) });
  // The page's reply has no status, unlike that of every other action.
  const count = action.targets.length;
  const reply = speaks("text", tenant)
    ? { action_id: action.id, endpoints_count: String(count) }
    : { action_id: Number(action.id), endpoints_count: count };
  return json({ reply }, { fault: replyFault(named(body), tenant) });
};

/** POST endpoints/abort_scan: stops scans that have not ended. Endpoints without one are skipped. */
export const abortScan: Operation = ({ body, tenant }) => {
  const found = chosen(body, "ABORT_SCAN", tenant);
  const scanning = found.filter(({ id }) => isStoppable(tenant, id));
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
  return sentReply(
    createAction(tenant, "abort_scan", targets, { incident_id: incidentIn(body) }),
    tenant,
    named(body),
  );
};

/** A scan that is being stopped is still there, but cannot be stopped again. */
function isScanned(tenant: Tenant, endpoint: string): boolean {
  const state = lastScan(tenant, endpoint)?.state;
  return state !== undefined && !isTerminal(state);
}

function isStoppable(tenant: Tenant, endpoint: string): boolean {
  const state = lastScan(tenant, endpoint)?.state;
  return state === "pending" || state === "running";
}

function chosen(body: unknown, action: string, tenant: Tenant): readonly Endpoint[] {
  const conditions = conditionsOf(body);
  const ids = endpointIdsIn(conditions);
  applyTriggers(ids, action, tenant);
  return requireTargets(matching(conditions, tenant), action, ids);
}

function conditionsOf(body: unknown): readonly EndpointFilter[] {
  const { filters } = (body as { request_data: { filters: unknown } }).request_data;
  if (filters === "all") return [];
  if (Array.isArray(filters)) return filters;
  const problem: Problem = {
    where: "/request_data/filters",
    what: 'must be an array of filters, or "all"',
    ...(isEmpty(filters) && { kind: "missing" }),
  };
  throw new VendorError({ kind: "invalid", problem });
}

const incidentIn = (body: unknown): unknown =>
  (body as { request_data: { incident_id?: unknown } }).request_data.incident_id;

const named = (body: unknown): readonly string[] => endpointIdsIn(conditionsOf(body));
