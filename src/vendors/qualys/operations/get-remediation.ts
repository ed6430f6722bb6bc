import { VendorError } from "../../../core/errors.ts";
import { json } from "../../../core/reply.ts";
import type { Operation } from "../../../core/vendor.ts";
import { events, fileOf } from "../events.ts";
import { findRemediation, statusOf } from "../remediation.ts";
import { assets, remediations } from "../state.ts";
import { detailTime } from "../times.ts";

/** GET {requestType}/{remediationId}: the status of a remediation. */
export const getRemediation: Operation = ({ params, tenant }) => {
  const { requestType, remediationId: id = "" } = params;
  const isItem = requestType === "quarantinedItem";
  if (!isItem && requestType !== "activityLog") {
    const problem = { where: "path/requestType", what: "must be activityLog or quarantinedItem" };
    throw new VendorError({ kind: "invalid", problem });
  }
  const found = findRemediation(id, tenant);
  if (!found || (isItem && found.target.actionName !== "Quarantine File")) {
    throw new VendorError({ kind: "not-found", what: "remediation", id });
  }
  if (found.remediation.pace.mode === "polls") {
    const polls = found.remediation.polls + 1;
    tenant.store.put(remediations, { ...found.remediation, polls });
  }
  // Again: the poll may have moved the hosts of a call.
  const { remediation, target } = findRemediation(id, tenant) ?? found;

  const asset = tenant.store.get(assets, target.id);
  const event = tenant.store.get(events, target.eventId ?? "");
  return json({
    action: target.actionName,
    eventSource: "EDR",
    status: statusOf(remediation, target, tenant),
    requestTime: detailTime(remediation.at),
    requestTimestamp: remediation.at,
    ...(!isItem && { executionTime: detailTime(remediation.at) }),
    remediationEventId: target.remediationEventId,
    requestId: remediation.id,
    ...(!isItem && { manifestId: remediation.manifestId }),
    uniqueId: target.uniqueId,
    userId: remediation.userId,
    agentId: target.id,
    hostName: asset?.hostName,
    platform: asset?.platform,
    ...(isItem ? event && fileOf(event) : { interfaces: asset?.interfaces }),
  });
};
