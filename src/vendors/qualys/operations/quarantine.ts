import { paceOf } from "../../../core/action.ts";
import { VendorError } from "../../../core/errors.ts";
import { json } from "../../../core/reply.ts";
import { trip } from "../../../core/trigger.ts";
import type { Call, Operation } from "../../../core/vendor.ts";
import { assets, courseOf, type HostAction, remediations, triggers } from "../state.ts";

interface QuarantineRequest {
  readonly user?: string;
  readonly userId?: string;
  readonly comment: string;
  readonly assetActionParameter: {
    readonly assetActions: readonly { readonly action: HostAction; readonly agentId: string }[];
  };
}

const CREATED = 1009;

/** POST quarantineHost, under either of its names: queues a host action, one for all assets that it names. */
export const quarantineHost: Operation = (call) => {
  const { tenant } = call;
  const body = call.body as QuarantineRequest;
  const user = who(call, "user");
  const userId = who(call, "userId");
  const asked = body.assetActionParameter.assetActions;
  trip(
    asked.flatMap(({ agentId }) => triggers.get(agentId) ?? []),
    "remediation",
    tenant.store,
  );
  const unknown: string[] = [];
  const targets = asked.flatMap(({ agentId, action }) => {
    const asset = tenant.store.get(assets, agentId);
    if (asset) return { id: agentId, action, course: courseOf(asset, tenant) };
    unknown.push(agentId);
    return [];
  });
  if (unknown.length > 0) {
    throw new VendorError({ kind: "no-target", action: "remediation", targets: unknown });
  }
  const id = tenant.random.uuid();
  tenant.store.put(remediations, {
    id,
    kind: "host action",
    at: tenant.clock.now(),
    reads: 0,
    pace: paceOf(tenant.settings),
    targets,
    user,
    userId,
    comment: body.comment,
  });
  return json({
    requestId: id,
    message: "Request created successfully and its in progress",
    responseCode: CREATED,
    remark: body.comment,
    status: "queued",
  });
};

/** The documents put it into the body in one place and into the query in another; in one of them it must be. */
function who({ body, query }: Call, field: "user" | "userId"): string {
  const value = (body as QuarantineRequest)[field] || query[field];
  if (typeof value === "string" && value !== "") return value;
  const problem = { where: `/${field}`, what: "is required, in the body or in the query" };
  throw new VendorError({ kind: "invalid", problem });
}
