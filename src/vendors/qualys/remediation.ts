import { paceOf, stateOf } from "../../core/actions/action.ts";
import type { State } from "../../core/actions/progress.ts";
import { dateParts } from "../../core/clock.ts";
import type { Tenant } from "../../core/tenant.ts";
import type { Event } from "./events.ts";
import {
  type ActionName,
  type Asset,
  lifecycleOf,
  type Remediation,
  type RemediationTarget,
  remediations,
} from "./state.ts";

/** The requester of an action, and the reason. */
export interface Requester {
  readonly user: string;
  readonly userId: string;
  readonly comment: string;
}

/** The action to take on one host. */
export interface RequestedAction {
  readonly asset: Asset;
  readonly actionName: ActionName;
  readonly event?: Event;
}

/** Creates and queues a remediation. */
export function createRemediation(
  tenant: Tenant,
  requester: Requester,
  requested: readonly RequestedAction[],
): Remediation {
  const { random, clock, settings, store } = tenant;
  const remediation: Remediation = {
    id: random.uuid(),
    kind: requested[0]?.event === undefined ? "host action" : "event action",
    at: clock.now(),
    polls: 0,
    pace: paceOf(settings),
    ...requester,
    manifestId: random.uuid(),
    targets: requested.map(({ asset, actionName, event }) => ({
      id: asset.agentId,
      lifecycle: lifecycleOf(asset, tenant),
      actionName,
      ...(event && { eventId: event.id }),
      remediationEventId: remediationEventId(random.uuid(), actionName, event),
      // Version 3, as in the samples.
      uniqueId: random.uuid().replace(/^(.{14})./, "$13"),
    })),
  };
  store.put(remediations, remediation);
  return remediation;
}

/** A UUID. For a process: `<id of the event>###<timeSeriesId>_<number>`; what the number means is not public. */
function remediationEventId(uuid: string, actionName: ActionName, event?: Event): string {
  if (actionName !== "Kill Process" || !event) return uuid;
  return `${event.id}###${event.row["timeSeriesId"] ?? event.id}_1`;
}

/** `RTF_<agentId>_<month>-<year>_<requestId>`, or RTP when no file is involved. The month has no leading zero. */
export function remediationId(
  { id: requestId, at }: Remediation,
  { id: agentId, actionName }: RemediationTarget,
): string {
  const { month, year } = dateParts(at);
  const kind = actionName === "Quarantine File" ? "RTF" : "RTP";
  return `${kind}_${agentId}_${month}-${year}_${requestId}`;
}

/**
 * The remediation and target of a remediationId. For a requestId it is the least advanced target, so that its status is
 * that of the whole call: unfinished, then failed, then done.
 */
export function findRemediation(
  id: string,
  tenant: Tenant,
): { remediation: Remediation; target: RemediationTarget } | undefined {
  const requestId = /_([^_]+)$/.exec(id)?.[1] ?? id;
  const remediation = tenant.store.get(remediations, requestId);
  if (!remediation) return undefined;
  const { targets } = remediation;
  const target =
    id === requestId
      ? leastAdvanced(remediation, tenant)
      : targets.find((candidate) => remediationId(remediation, candidate) === id);
  return target && { remediation, target };
}

function leastAdvanced(remediation: Remediation, tenant: Tenant): RemediationTarget | undefined {
  const { targets } = remediation;
  const statuses = targets.map((target) => statusOf(remediation, target, tenant));
  const first = ["queued", "in progress", "failed"].find((status) => statuses.includes(status));
  return targets[Math.max(0, statuses.indexOf(first))];
}

const STATUS: Readonly<Record<State, string>> = {
  pending: "queued",
  running: "in progress",
  aborting: "in progress",
  succeeded: "success",
  partial: "success",
  failed: "failed",
  "timed-out": "failed",
  expired: "failed",
  cancelled: "failed",
  aborted: "failed",
};

export const statusOf = (
  remediation: Remediation,
  target: RemediationTarget,
  tenant: Tenant,
): string | undefined => STATUS[stateOf(remediation, target, tenant)];
