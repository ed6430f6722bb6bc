import { json } from "../../../core/reply.ts";
import type { Operation } from "../../../core/vendor.ts";
import { isQuarantined } from "../actions.ts";
import { applyTriggers } from "../targets.ts";

interface StatusRequest {
  readonly request_data: {
    readonly files: readonly {
      readonly endpoint_id: string;
      readonly file_path: string;
      readonly file_hash: string;
    }[];
  };
}

/** POST quarantine/status: an unknown file or endpoint is not an error; its status is false. */
export const getQuarantineStatus: Operation = ({ body, tenant }) => {
  const { files } = (body as StatusRequest).request_data;
  applyTriggers(
    files.map(({ endpoint_id }) => endpoint_id),
    "QUARANTINE_STATUS",
    tenant,
  );
  return json({
    reply: files.map(({ endpoint_id, file_path, file_hash }) => ({
      endpoint_id,
      file_path,
      file_hash,
      status: isQuarantined(tenant, endpoint_id, file_hash.toLowerCase(), file_path),
    })),
  });
};
