import { VendorError } from "../../../core/errors.ts";
import { json } from "../../../core/reply.ts";
import type { Operation } from "../../../core/vendor.ts";
import { pastEvent } from "../events.ts";
import { createRemediation, remediationId } from "../remediation.ts";
import { assetsOf, replyFault } from "../targets.ts";

interface EventAction {
  readonly agentId: string;
  readonly eventId: string;
  readonly eventType: string;
}

/** POST performAction: acts on the files or processes of events, with one remediation per event. */
export const performAction: Operation = ({ body, query, tenant }) => {
  const asked = body as readonly EventAction[];
  const agentIds = asked.map(({ agentId }) => agentId);
  const found = assetsOf(agentIds, tenant);
  const events = asked.map(({ eventId }) => pastEvent(eventId, tenant));
  const stray = asked.find(({ agentId }, index) => events[index]?.agentId !== agentId);
  if (stray) throw new VendorError({ kind: "not-found", what: "event", id: stray.eventId });
  const request = {
    user: String(query["user"]),
    userId: String(query["userId"]),
    comment: String(query["comment"] ?? ""),
  };
  const remediationIds = found.flatMap((asset, index) => {
    const { eventType = "" } = asked[index] ?? {};
    const event = events[index];
    const actionName = eventType.toUpperCase() === "PROCESS" ? "Kill Process" : "Quarantine File";
    const remediation = createRemediation(tenant, request, [
      { asset, actionName, ...(event && { event }) },
    ]);
    return remediation.targets.map((target) => remediationId(remediation, target));
  });
  return json({ remediationIds }, { fault: replyFault(agentIds, tenant) });
};
