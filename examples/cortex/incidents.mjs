// From incidents to quarantines and back, with nothing but what Node brings: reads the incidents that the task is about,
// quarantines the malicious files where alerts have seen them, and resolves each incident when that has succeeded.
// FAUXDR_INPUT says what to do; one JSON line on stdout and the exit code say how it went.
import { setTimeout as sleep } from "node:timers/promises";

const { CORTEX_URL, CORTEX_API_KEY_ID, CORTEX_API_KEY, FAUXDR_INPUT } = process.env;
const { status, sinceMinutes, severity, wait, resolveAs, pollSeconds, giveUpSeconds } =
  JSON.parse(FAUXDR_INPUT);

const PAGE = 100;
const MOST_ATTEMPTS = 3;
const UNDER_WAY = ["PENDING", "IN_PROGRESS", "PENDING_ABORT"];

/** Members of an alert that name a file: its hash, and its path. */
const FILES = [
  ["action_file_sha256", "action_file_path"],
  ["actor_process_image_sha256", "actor_process_image_path"],
  ["causality_actor_process_image_sha256", "causality_actor_process_image_path"],
  ["os_actor_process_image_sha256", "os_actor_process_image_path"],
];

const secondsLeft = () => giveUpSeconds - performance.now() / 1000;

async function post(path, requestData) {
  const response = await fetch(`${CORTEX_URL}/public_api/v1/${path}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-xdr-auth-id": CORTEX_API_KEY_ID,
      authorization: CORTEX_API_KEY,
    },
    body: JSON.stringify({ request_data: requestData }),
    signal: AbortSignal.timeout(1000 * Math.max(2, Math.min(30, giveUpSeconds))),
  });
  const text = await response.text();
  if (!response.ok) throw Object.assign(new Error(text.slice(0, 200)), { status: response.status });
  const value = JSON.parse(text);
  // Some replies are a bare boolean in the vendor's document, and wrapped on the wire.
  return value?.reply ?? value;
}

/** Retries after a 429 or 503 only: after a lost reply it is unknown what was done. */
async function call(path, requestData) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await post(path, requestData);
    } catch (error) {
      const pause = 0.2 * 2 ** attempt;
      const isBusy = error.status === 429 || error.status === 503;
      if (!isBusy || attempt === MOST_ATTEMPTS || pause > secondsLeft()) throw error;
      await sleep(pause * 1000);
    }
  }
}

/** The incidents that the task is about, the oldest first, so that new ones do not move the pages. */
async function incidentsOfTask() {
  const since = Date.now() - sinceMinutes * 60_000;
  const filters = [
    { field: "status", operator: "eq", value: status },
    { field: "modification_time", operator: "gte", value: since },
  ];
  const sort = { field: "creation_time", keyword: "asc" };
  const found = [];
  for (let from = 0; ; from += PAGE) {
    const page = { filters, sort, search_from: from, search_to: from + PAGE };
    const { incidents } = await call("incidents/get_incidents", page);
    found.push(...incidents.filter((incident) => incident.severity === severity));
    if (incidents.length < PAGE) return found;
  }
}

/** The malicious files of an incident, each with its path and endpoint. An artifact has no path: the alerts have it. */
function filesIn({ alerts, file_artifacts: artifacts }) {
  const bad = new Set(
    artifacts.data.filter((file) => file.is_malicious).map((file) => file.file_sha256),
  );
  const found = new Map();
  for (const alert of alerts.data) {
    for (const [hash, path] of FILES) {
      const file = { endpoint: alert.endpoint_id, path: alert[path], hash: alert[hash] };
      if (!bad.has(file.hash) || !file.path || !file.endpoint) continue;
      found.set(JSON.stringify(file), file);
    }
  }
  return [...found.values()];
}

async function quarantine({ endpoint, path, hash }, incidentId) {
  const reply = await call("endpoints/quarantine", {
    filters: [{ field: "endpoint_id_list", operator: "in", value: [endpoint] }],
    file_path: path,
    file_hash: hash,
    incident_id: incidentId,
  });
  return Number(reply.action_id);
}

/** Whether an action ends with success on its endpoint. */
async function succeeds(actionId, endpoint) {
  while (secondsLeft() > pollSeconds) {
    await sleep(pollSeconds * 1000);
    const { data } = await call("actions/get_action_status", { group_action_id: actionId });
    if (!UNDER_WAY.includes(data[endpoint])) return data[endpoint] === "COMPLETED_SUCCESSFULLY";
  }
  return false;
}

/** Quarantines the files of an incident. With `wait`, resolves it when all of them are in quarantine. */
async function respond(incidentId) {
  const details = await call("incidents/get_incident_extra_data", { incident_id: incidentId });
  // Somebody may have worked on it since it was listed.
  if (details.incident.status !== status) return [];
  const files = filesIn(details);
  const actions = [];
  for (const file of files) actions.push({ file, id: await quarantine(file, incidentId) });
  if (!wait || files.length === 0) return actions.map(() => true);
  const ends = [];
  for (const { file, id } of actions) ends.push(await succeeds(id, file.endpoint));
  const rows = await call("quarantine/status", {
    files: files.map(({ endpoint, path, hash }) => ({
      endpoint_id: endpoint,
      file_path: path,
      file_hash: hash,
    })),
  });
  const { incident } = await call("incidents/get_incident_extra_data", { incident_id: incidentId });
  if (ends.every(Boolean) && rows.every((row) => row.status) && incident.status === status) {
    const update = { status: resolveAs, resolve_comment: "The files are in quarantine." };
    await call("incidents/update_incident", { incident_id: incidentId, update_data: update });
  }
  return ends;
}

async function run() {
  const ends = [];
  for (const { incident_id: id } of await incidentsOfTask()) ends.push(...(await respond(id)));
  const good = ends.filter(Boolean).length;
  if (!wait && ends.length > 0) return { outcome: "accepted" };
  if (good === ends.length) return { outcome: "completed" };
  return { outcome: good > 0 ? "partial" : "failed", reason: "not all files are in quarantine" };
}

const word = await run().catch((error) => ({
  outcome: error.status ? "refused" : "failed",
  status: error.status,
  reason: error.message,
}));
console.log(JSON.stringify(word));
process.exitCode = ["accepted", "completed"].includes(word.outcome) ? 0 : 1;
