import { VendorError } from "../../../core/errors.ts";
import { json } from "../../../core/reply.ts";
import type { Call, Operation } from "../../../core/vendor.ts";
import { createRemediation } from "../remediation.ts";
import { assetsOf, replyFault } from "../targets.ts";

interface QuarantineRequest {
  readonly user?: string;
  readonly userId?: string;
  readonly comment: string;
  readonly assetActionParameter: {
    readonly assetActions: readonly {
      readonly action: "QUARANTINE_HOST" | "UNQUARANTINE_HOST";
      readonly agentId: string;
    }[];
  };
}

const CREATED = 1009;

/** POST quarantineHost, under either of its names: queues one host action for all named assets. */
export const quarantineHost: Operation = (call) => {
  const { comment, assetActionParameter } = call.body as QuarantineRequest;
  const request = { user: userField(call, "user"), userId: userField(call, "userId"), comment };
  const asked = assetActionParameter.assetActions;
  const agentIds = asked.map(({ agentId }) => agentId);
  const found = assetsOf(agentIds, call.tenant);
  const remediation = createRemediation(
    call.tenant,
    request,
    found.map((asset, index) => ({
      asset,
      actionName:
        asked[index]?.action === "UNQUARANTINE_HOST" ? "UnQuarantine Host" : "Quarantine Host",
    })),
  );
  const value = {
    requestId: remediation.id,
    message: "Request created successfully and its in progress",
    responseCode: CREATED,
    remark: comment,
    status: "queued",
  };
  return json(value, { fault: replyFault(agentIds, call.tenant) });
};

/** Reads a field from the body or the query: the documents contradict each other. Throws when both lack it. */
function userField({ body, query }: Call, field: "user" | "userId"): string {
  const value = (body as QuarantineRequest)[field] || query[field];
  if (typeof value === "string" && value !== "") return value;
  const problem = {
    where: `/${field}`,
    what: "is required, in the body or in the query",
    basis: "documented",
    source: "Qualys EDR API, Perform Quarantine/UnQuarantine Host Action on Asset",
  } as const;
  throw new VendorError({ kind: "invalid", problem });
}
