import { paceOf, stateOf } from "../../core/actions/action.ts";
import type { State } from "../../core/actions/progress.ts";
import { dateParts } from "../../core/clock.ts";
import type { Tenant } from "../../core/tenant.ts";
import {
  type ActionName,
  type Asset,
  lifecycleOf,
  type Remediation,
  type RemediationTarget,
  remediations,
} from "./state.ts";

/** Who asks for an action, and why. */
export interface Requester {
  readonly user: string;
  readonly userId: string;
  readonly comment: string;
}

/** The action to take on one host. */
export interface RequestedAction {
  readonly asset: Asset;
  readonly actionName: ActionName;
  readonly eventId?: string;
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
    kind: requested[0]?.eventId === undefined ? "host action" : "event action",
    at: clock.now(),
    polls: 0,
    pace: paceOf(settings),
    ...requester,
    manifestId: random.uuid(),
    targets: requested.map(({ asset, actionName, eventId }) => ({
      id: asset.agentId,
      lifecycle: lifecycleOf(asset, tenant),
      actionName,
      key: eventId === undefined ? asset.agentId : random.uuid(),
      ...(eventId !== undefined && { eventId }),
      remediationEventId: random.uuid(),
      uniqueId: random.uuid(),
    })),
  };
  store.put(remediations, remediation);
  return remediation;
}

/** `RTF_<uuid>_<month>-<year>_<uuid>`, or RTP when no file is involved. The month has no leading zero. */
export function remediationId(
  { id, at }: Remediation,
  { actionName, key }: RemediationTarget,
): string {
  const { month, year } = dateParts(at);
  return `${actionName === "Quarantine File" ? "RTF" : "RTP"}_${id}_${month}-${year}_${key}`;
}

/** The remediation and the target that a remediationId names; a bare requestId names the first target of its call. */
export function findRemediation(
  id: string,
  { store }: Tenant,
): { remediation: Remediation; target: RemediationTarget } | undefined {
  const requestId = /^RT[FP]_([^_]+)_/.exec(id)?.[1] ?? id;
  const remediation = store.get(remediations, requestId);
  const target = remediation?.targets.find(
    (candidate) => id === requestId || remediationId(remediation, candidate) === id,
  );
  return remediation && target && { remediation, target };
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
