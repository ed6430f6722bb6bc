import { createHash } from "node:crypto";
import { stateOf } from "../../core/actions/action.ts";
import { isTerminal } from "../../core/actions/progress.ts";
import type { Collection } from "../../core/inventory.ts";
import type { Tenant } from "../../core/tenant.ts";
import type { Example } from "../../core/vendor.ts";
import { isBeingRestored, isolationOf, isQuarantined, lastScan } from "./actions.ts";
import { fileIdFor } from "./download-address.ts";
import { inventory } from "./inventory.ts";
import { actions, type CortexAction, endpoints, hashes, type Kind, triggers } from "./state.ts";

/** The reserved endpoint on which every action succeeds. */
const COMPLETES = triggers.keys().next().value ?? "";

/** What works in a tenant now, for each operation. */
export function exampleOf(operation: string, tenant: Tenant): Example {
  const name = operation.replace(/(Legacy|Audits|ByPost)$/, "");
  return EXAMPLES[name]?.(tenant) ?? { values: {} };
}

const EXAMPLES: Readonly<Record<string, (tenant: Tenant) => Example>> = {
  quarantineFiles: () => ({ values: named(COMPLETES) }),
  retrieveFiles: () => ({ values: named(COMPLETES) }),
  getQuarantineStatus: () => ({ values: { endpoint_id: COMPLETES } }),
  isolateEndpoints: (tenant) => {
    const id = free(tenant, (one) => isolationOf(tenant, one).status === "AGENT_UNISOLATED");
    return { values: { endpoint_id: id ?? COMPLETES } };
  },
  unisolateEndpoints: (tenant) => {
    const id = free(tenant, (one) => isolationOf(tenant, one).status === "AGENT_ISOLATED");
    return id === undefined
      ? after("isolateEndpoints", "only an endpoint whose isolation has succeeded can be released")
      : { values: { endpoint_id: id } };
  },
  scanEndpoints: (tenant) => {
    const id = free(tenant, (one) => isTerminal(lastScan(tenant, one)?.state ?? "succeeded"));
    return { values: named(id ?? COMPLETES) };
  },
  abortScan: (tenant) => {
    const scanned = free(tenant, (id) =>
      /^(pending|running)$/.test(lastScan(tenant, id)?.state ?? ""),
    );
    return scanned === undefined
      ? after("scanEndpoints", "only a scan that has not ended can be stopped")
      : { values: named(scanned) };
  },
  restoreFile: (tenant) => {
    for (const { hash = "", targets } of ofKind("quarantine", tenant)) {
      const there = targets.find(
        ({ id }) => isQuarantined(tenant, id, hash) && !isBeingRestored(tenant, id, hash),
      );
      if (there) return { values: { endpoint_id: there.id, file_hash: hash } };
    }
    return after("quarantineFiles", "only a file whose quarantine has succeeded can be restored");
  },
  getActionStatus: ({ store }) => {
    const last = store.all(actions).at(-1);
    return last
      ? { values: { group_action_id: Number(last.id) } }
      : after("quarantineFiles", "there is no action yet");
  },
  getFileRetrievalDetails: (tenant) => {
    const [last] = ofKind("file_retrieval", tenant);
    return last
      ? { values: { group_action_id: Number(last.id) } }
      : after("retrieveFiles", "there is no retrieval yet");
  },
  downloadRetrievedFile: (tenant) => {
    for (const action of ofKind("file_retrieval", tenant)) {
      const done = action.targets.find((target) => stateOf(action, target, tenant) === "succeeded");
      if (done) return { values: { fileId: fileIdFor(action.id, done.id, tenant) } };
    }
    return after("retrieveFiles", "only a file whose retrieval has succeeded can be downloaded");
  },
  deleteEndpoints: (tenant) => ({
    values: named(free(tenant, (id) => id !== COMPLETES) ?? COMPLETES),
  }),
  getPolicy: () => ({ values: { endpoint_id: COMPLETES } }),
  updateAgentName: () => ({ values: named(COMPLETES) }),
  getIncidentExtraData: (tenant) => ofIncident(tenant),
  updateIncident: (tenant) => ofIncident(tenant),
  blocklistFiles: (tenant) => ({ values: { hash_list: [freeHash(tenant)] } }),
  allowlistFiles: (tenant) => ({ values: { hash_list: [freeHash(tenant)] } }),
  removeFromBlocklist: (tenant) => listedOn("block", tenant),
  removeFromAllowlist: (tenant) => listedOn("allow", tenant),
};

const after = (operation: string, why: string): Example => ({
  values: {},
  first: { operation, why },
});

const named = (id: string): Example["values"] => ({
  filters: [{ field: "endpoint_id_list", operator: "in", value: [id] }],
});

/** The first endpoint that fits, the reserved one before all others. */
const free = ({ store }: Tenant, fits: (id: string) => boolean): string | undefined =>
  [COMPLETES, ...store.all(endpoints).map(({ id }) => id)].find(
    (id) => (id === COMPLETES || !triggers.has(id)) && fits(id),
  );

/** The first incident, by the id that its row shows. */
function ofIncident(tenant: Tenant): Example {
  const { incidents: rows }: Readonly<Record<string, Collection>> = inventory;
  const [first] = rows ? tenant.store.all(rows.table) : [];
  const id = rows && first ? rows.show(first, tenant)["incident_id"] : undefined;
  return { values: id === undefined ? {} : { incident_id: id } };
}

const ofKind = (kind: Kind, { store }: Tenant): readonly CortexAction[] =>
  store
    .all(actions)
    .filter((action) => action.kind === kind)
    .reverse();

function freeHash({ store }: Tenant): string {
  for (let count = 1; ; count++) {
    const hash = createHash("sha256").update(`example ${count}`).digest("hex");
    if (!store.get(hashes, hash)) return hash;
  }
}

function listedOn(list: "block" | "allow", { store }: Tenant): Example {
  const listed = store.all(hashes).find((one) => one.list === list);
  return listed
    ? { values: { hash_list: [listed.hash] } }
    : after(`${list}listFiles`, `there is no hash on the ${list} list`);
}
