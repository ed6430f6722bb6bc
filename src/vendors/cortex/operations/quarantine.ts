import type { Operation } from "../../../core/vendor.ts";
import { createAction, sentReply } from "../actions.ts";
import { type IdFilter, targetsOf } from "../targets.ts";

interface QuarantineRequest {
  readonly request_data: {
    readonly filters?: readonly IdFilter[];
    readonly file_path?: string;
    readonly file_hash?: string;
    readonly incident_id?: unknown;
  };
}

/** POST endpoints/quarantine: asks agents to quarantine a file. The reply only says that the request was sent. */
export const quarantineFiles: Operation = ({ body, tenant }) => {
  // Only where the setting `requiredFields` follows the page can one of them be missing.
  const {
    filters = [],
    file_path = "",
    file_hash = "",
    incident_id,
  } = (body as QuarantineRequest).request_data;
  const targets = targetsOf(filters, "QUARANTINE", tenant);
  const file = { path: file_path, hash: file_hash.toLowerCase(), incident_id };
  return sentReply(createAction(tenant, "quarantine", targets, file), tenant);
};
