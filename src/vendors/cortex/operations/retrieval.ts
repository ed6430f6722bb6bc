import { stateOf } from "../../../core/actions/action.ts";
import { VendorError } from "../../../core/errors.ts";
import { bytes, json } from "../../../core/reply.ts";
import type { Tenant } from "../../../core/tenant.ts";
import type { Operation } from "../../../core/vendor.ts";
import { countPoll, createAction, sentReply } from "../actions.ts";
import { downloadOf, fileIdFor } from "../download-address.ts";
import { actions, type CortexAction, endpoints, PLATFORM, type Platform } from "../state.ts";
import { type IdFilter, requireTargets, targetsOf } from "../targets.ts";
import { zip } from "../zip.ts";
import { actionOf } from "./action-status.ts";

interface RetrievalRequest {
  readonly request_data: {
    readonly filters: readonly IdFilter[];
    readonly files: Readonly<Partial<Record<Platform, readonly string[]>>>;
    readonly incident_id?: unknown;
  };
}

const MOST_FILES = 20;
/** The vendor's name of the action, in its error responses. */
const ACTION = "FILES_RETRIEVAL";

/** POST endpoints/file_retrieval: each endpoint gets the paths of its platform. */
export const retrieveFiles: Operation = ({ body, tenant }) => {
  const { filters, files, incident_id } = (body as RetrievalRequest).request_data;
  // In one wire form `files` may have other members, of any type. They are ignored.
  const count = Object.values(PLATFORM).reduce((sum, name) => sum + (files[name]?.length ?? 0), 0);
  if (count > MOST_FILES) {
    const what = `must hold at most ${MOST_FILES} paths, and holds ${count}`;
    throw new VendorError({ kind: "invalid", problem: { where: "/request_data/files", what } });
  }
  const named = targetsOf(filters, ACTION, tenant);
  const targets = requireTargets(
    named.filter(({ os }) => files[PLATFORM[os]] !== undefined),
    ACTION,
    named.map(({ id }) => id),
  );
  return sentReply(createAction(tenant, "file_retrieval", targets, { files, incident_id }), tenant);
};

/** POST actions/file_retrieval_details: the download links of the files that have arrived. */
export const getFileRetrievalDetails: Operation = ({ body, origin, tenant }) => {
  const call = "actions - file_retrieval_details";
  const found = actionOf(body, call, tenant);
  if (found.kind !== "file_retrieval") {
    const { id, kind: actual } = found;
    throw new VendorError({ kind: "not-found", what: "action", id, call, actual });
  }
  const action = countPoll(found, tenant);
  const data = Object.fromEntries(
    action.targets
      .filter((target) => stateOf(action, target, tenant) === "succeeded")
      .map(({ id }) => [
        id,
        `${origin()}/public_api/v1/download/${fileIdFor(action.id, id, tenant)}`,
      ]),
  );
  return json({ reply: { data } });
};

/** GET or POST download/{fileId}: the files of one endpoint. Their content is invented. */
export const downloadRetrievedFile: Operation = ({ params, tenant }) => {
  const fileId = params["fileId"] ?? "";
  const download = downloadOf(fileId, tenant);
  const action = tenant.store.get(actions, download?.action ?? "");
  const target = action?.targets.find(({ id }) => id === download?.endpoint);
  if (!download || !action || !target || !isDelivered(action, target, tenant)) {
    throw new VendorError({ kind: "not-found", what: "file", id: fileId, call: "download" });
  }
  if (download.expires < tenant.clock.now()) {
    const reason = "the address of the file has expired; ask for the details of the action again";
    throw new VendorError({ kind: "conflict", reason });
  }
  const endpoint = tenant.store.get(endpoints, target.id);
  const paths = (endpoint && action.files?.[PLATFORM[endpoint.os]]) ?? [];
  const archive = zip(paths.map((path) => [path.replace(/^[/\\]+/, ""), `${path}\n`] as const));
  // One shipped client takes what follows the equals sign: no quotes.
  const name = `${target.id}_${action.id}.zip`;
  return bytes(archive, "application/octet-stream", {
    headers: { "content-disposition": `attachment; filename=${name}` },
  });
};

const isDelivered = (
  action: CortexAction,
  target: CortexAction["targets"][number],
  tenant: Tenant,
): boolean => action.kind === "file_retrieval" && stateOf(action, target, tenant) === "succeeded";
