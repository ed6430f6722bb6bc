import type { Operation } from "../../../core/vendor.ts";
import { createAction, sent } from "../actions.ts";
import { type IdFilter, targetsOf } from "../targets.ts";

interface QuarantineRequest {
  readonly request_data: {
    readonly filters: readonly IdFilter[];
    readonly file_path: string;
    readonly file_hash: string;
  };
}

/** POST endpoints/quarantine: asks agents to quarantine a file. That they were asked is all the reply tells. */
export const quarantineFiles: Operation = ({ body, tenant }) => {
  const { filters, file_path, file_hash } = (body as QuarantineRequest).request_data;
  const targets = targetsOf(filters, "QUARANTINE", tenant);
  const file = { path: file_path, hash: file_hash.toLowerCase() };
  return sent(createAction(tenant, "quarantine", targets, file), tenant);
};
