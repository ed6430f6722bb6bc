import { VendorError } from "../../../core/errors.ts";
import type { Tenant } from "../../../core/tenant.ts";
import type { Operation } from "../../../core/vendor.ts";
import { touch } from "../incidents.ts";
import { hashes, type ListedHash } from "../state.ts";
import { done } from "./done.ts";

interface HashRequest {
  readonly request_data: {
    readonly hash_list: readonly string[];
    readonly detailed_response?: boolean;
    readonly incident_id?: unknown;
  };
}

type List = ListedHash["list"];

/** POST hash_exceptions/blocklist and allowlist: skips hashes that are already on either list. */
export const addTo =
  (list: List): Operation =>
  ({ body, tenant }) => {
    const { hash_list, detailed_response, incident_id } = (body as HashRequest).request_data;
    const added = hash_list.filter((hash) => !listed(hash, tenant));
    if (added.length === 0) {
      const reason = "All hashes have already been added to the allow or block list";
      throw new VendorError({ kind: "conflict", reason });
    }
    for (const hash of added) tenant.store.put(hashes, { hash: hash.toLowerCase(), list });
    touch(incident_id, tenant);
    if (!detailed_response) return done(tenant);
    const excluded_hashes = hash_list.filter((hash) => !added.includes(hash));
    return done(tenant, { added_hashes: added, excluded_hashes });
  };

/** POST hash_exceptions/…/remove */
export const removeFrom =
  (list: List): Operation =>
  ({ body, tenant }) => {
    const { hash_list, incident_id } = (body as HashRequest).request_data;
    const there = hash_list.filter((hash) => listed(hash, tenant)?.list === list);
    if (there.length === 0) {
      const reason = "No hashes were found to remove from the list";
      throw new VendorError({ kind: "conflict", reason });
    }
    for (const hash of there) tenant.store.delete(hashes, hash.toLowerCase());
    touch(incident_id, tenant);
    return done(tenant);
  };

const listed = (hash: string, { store }: Tenant): ListedHash | undefined =>
  store.get(hashes, hash.toLowerCase());
