import { VendorError } from "../../../core/errors.ts";
import type { Call, Operation } from "../../../core/vendor.ts";
import { createAction, type Isolation, isolationOf, sentReply } from "../actions.ts";
import { type IdFilter, targetsOf } from "../targets.ts";

interface IsolationRequest {
  readonly request_data: {
    readonly endpoint_id?: string;
    readonly filters?: readonly IdFilter[];
    readonly incident_id?: unknown;
  };
}

/** POST endpoints/isolate: cuts endpoints off the network. */
export const isolateEndpoints: Operation = (call) =>
  change(call, "isolate", "ISOLATE", "AGENT_UNISOLATED");

/** POST endpoints/unisolate: ends an isolation. A pending isolation cannot be cancelled. */
export const unisolateEndpoints: Operation = (call) =>
  change(call, "unisolate", "UNISOLATE", "AGENT_ISOLATED");

function change(
  { body, tenant }: Call,
  kind: "isolate" | "unisolate",
  name: string,
  from: Isolation["status"],
): ReturnType<typeof sentReply> {
  const { endpoint_id, filters, incident_id } = (body as IsolationRequest).request_data;
  if ((endpoint_id === undefined) === (filters === undefined)) {
    const what = "must have exactly one of endpoint_id and filters";
    throw new VendorError({ kind: "invalid", problem: { where: "/request_data", what } });
  }
  const chosen = filters ?? [{ value: [endpoint_id ?? ""] }];
  const targets = targetsOf(chosen, name, tenant);
  const ready = targets.filter(({ id }) => isolationOf(tenant, id).status === from);
  if (ready.length === 0) {
    const reason = `none of the endpoints is ${from}`;
    throw new VendorError({ kind: "conflict", action: name, reason });
  }
  return sentReply(createAction(tenant, kind, ready, { incident_id }), tenant);
}
