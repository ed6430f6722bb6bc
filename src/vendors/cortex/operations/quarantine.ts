import { paceOf } from "../../../core/action.ts";
import { VendorError } from "../../../core/errors.ts";
import { json } from "../../../core/reply.ts";
import { trip } from "../../../core/trigger.ts";
import type { Operation } from "../../../core/vendor.ts";
import { actions, courseOf, endpoints, nextActionId, triggers } from "../state.ts";

interface QuarantineRequest {
  readonly request_data: {
    readonly filters: readonly { readonly value: readonly string[] }[];
    readonly file_path: string;
    readonly file_hash: string;
  };
}

/** POST endpoints/quarantine: asks agents to quarantine a file. That they were asked is all the reply tells. */
export const quarantineFiles: Operation = ({ body, tenant }) => {
  const { filters, file_path: path, file_hash: hash } = (body as QuarantineRequest).request_data;
  const ids = everyFilter(filters.map(({ value }) => value));
  trip(
    ids.flatMap((id) => triggers.get(id) ?? []),
    "QUARANTINE",
    tenant.store,
  );
  const found = ids.flatMap((id) => tenant.store.get(endpoints, id) ?? []);
  if (found.length === 0) {
    throw new VendorError({ kind: "no-target", action: "QUARANTINE", targets: ids });
  }
  const id = nextActionId(tenant);
  tenant.store.put(actions, {
    id,
    kind: "quarantine",
    at: tenant.clock.now(),
    reads: 0,
    pace: paceOf(tenant.settings),
    targets: found.map((endpoint) => ({ id: endpoint.id, course: courseOf(endpoint, hash) })),
    file: { path, hash },
  });
  return json({
    reply:
      tenant.settings.dialect === "documented"
        ? { action_id: id, status: "1", endpoints_count: String(found.length) }
        : { action_id: Number(id), status: 1, endpoints_count: found.length },
  });
};

/** The ids that all filters name, each once. */
function everyFilter(lists: readonly (readonly string[])[]): string[] {
  const [first = [], ...others] = lists.map((list) => new Set(list));
  return [...first].filter((id) => others.every((other) => other.has(id)));
}
