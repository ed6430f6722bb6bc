import { VendorError } from "../../../core/errors.ts";
import { json } from "../../../core/reply.ts";
import type { Operation } from "../../../core/vendor.ts";
import {
  createAction,
  endpointsOfHash,
  isBeingRestored,
  isQuarantined,
  sentReply,
} from "../actions.ts";
import { speaks } from "../settings.ts";
import { endpointOf } from "../state.ts";
import { applyTriggers, replyFault, requireTargets } from "../targets.ts";

interface RestoreRequest {
  readonly request_data: {
    readonly file_hash: string;
    readonly endpoint_id?: string;
    readonly incident_id?: unknown;
  };
}

/** POST endpoints/restore: takes a file out of quarantine, on one endpoint or on all that have it. */
export const restoreFile: Operation = ({ body, tenant }) => {
  const { file_hash, endpoint_id, incident_id } = (body as RestoreRequest).request_data;
  const hash = file_hash.toLowerCase();
  const asked = endpoint_id === undefined ? endpointsOfHash(tenant, hash) : [endpoint_id];
  if (endpoint_id !== undefined) applyTriggers(asked, "RESTORE", tenant);
  const known = asked.flatMap((id) => endpointOf(id, tenant) ?? []);
  if (endpoint_id !== undefined) requireTargets(known, "RESTORE", asked);
  const targets = known.filter(
    ({ id }) => isQuarantined(tenant, id, hash) && !isBeingRestored(tenant, id, hash),
  );
  if (targets.length === 0) {
    const reason =
      "the file is not in quarantine on any of the endpoints, or is already being restored";
    throw new VendorError({ kind: "conflict", action: "RESTORE", reason });
  }
  const action = createAction(tenant, "restore", targets, { hash, incident_id });
  const named = endpoint_id === undefined ? [] : [endpoint_id];
  if (speaks("number", tenant)) return sentReply(action, tenant, named);
  // The page's sample has the status as a number here, and only here.
  const endpoints_count = String(targets.length);
  const fault = replyFault(named, tenant);
  return json({ reply: { action_id: action.id, status: 1, endpoints_count } }, { fault });
};
