// Quarantines a file on endpoints and follows what becomes of it, with nothing but what Node brings.
// FAUXDR_INPUT says what to do; one JSON line on stdout and the exit code say how it went.
import { setTimeout as sleep } from "node:timers/promises";

const { CORTEX_URL, CORTEX_API_KEY_ID, CORTEX_API_KEY, FAUXDR_INPUT } = process.env;
const { endpoints, filePath, fileHash, wait, pollSeconds, giveUpSeconds } =
  JSON.parse(FAUXDR_INPUT);

/** The API takes no more endpoints in one call. */
const MOST_ENDPOINTS = 1000;
const MOST_ATTEMPTS = 3;
const UNDER_WAY = ["PENDING", "IN_PROGRESS", "PENDING_ABORT"];
const FINAL = [
  "COMPLETED_SUCCESSFULLY",
  "COMPLETED_PARTIAL",
  "FAILED",
  "TIMEOUT",
  "EXPIRED",
  "CANCELLED",
  "ABORTED",
];

const secondsLeft = () => giveUpSeconds - performance.now() / 1000;

class Refused extends Error {
  constructor(status, body, retryAfter) {
    super(reasonIn(body));
    this.status = status;
    this.retryAfter = /^\d+$/.test(retryAfter) ? Number(retryAfter) : undefined;
  }
}

/** The vendor's reason, flat or wrapped; a gateway's page or plain text is cut short. */
function reasonIn(body) {
  try {
    const parsed = JSON.parse(body);
    const { err_msg, err_extra } = parsed.reply ?? parsed;
    return [err_msg, err_extra].flat().filter(Boolean).join(": ");
  } catch {
    return body.slice(0, 200);
  }
}

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
  const body = await response.text();
  if (!response.ok) throw new Refused(response.status, body, response.headers.get("retry-after"));
  return JSON.parse(body).reply;
}

/** Retries after a 429 or 503 only: after a lost reply it is unknown what was done. */
async function call(path, requestData) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await post(path, requestData);
    } catch (error) {
      const pause = error.retryAfter ?? 0.2 * 2 ** attempt;
      const isBusy = error.status === 429 || error.status === 503;
      if (!isBusy || attempt === MOST_ATTEMPTS || pause > secondsLeft()) throw error;
      await sleep(pause * 1000);
    }
  }
}

async function quarantine(batch) {
  const reply = await call("endpoints/quarantine", {
    filters: [{ field: "endpoint_id_list", operator: "in", value: batch }],
    file_path: filePath,
    file_hash: fileHash,
  });
  if (Number(reply.status) !== 1) throw new Error(`it was not sent: status ${reply.status}`);
  return String(reply.action_id);
}

/** Asks until nothing moves any more, or until it takes too long; the last statuses, by endpoint. */
async function follow(actionId, batch) {
  let data = {};
  while (secondsLeft() > pollSeconds) {
    await sleep(pollSeconds * 1000);
    try {
      ({ data } = await call("actions/get_action_status", { group_action_id: Number(actionId) }));
    } catch (error) {
      // To ask once more does no harm, but a refusal stays one.
      if (error.status < 500) throw error;
      continue;
    }
    // An unknown status does not end the action.
    if (batch.every((id) => !(id in data) || FINAL.includes(data[id]))) break;
  }
  return data;
}

function outcomeOf(statuses) {
  const count = (...wanted) => statuses.filter((status) => wanted.includes(status)).length;
  if (count("COMPLETED_SUCCESSFULLY") === statuses.length) return { outcome: "completed" };
  const some = count("COMPLETED_SUCCESSFULLY", "COMPLETED_PARTIAL") > 0;
  const reason = count(...UNDER_WAY) > 0 ? "it did not end in time" : `ended as ${statuses}`;
  return { outcome: some ? "partial" : "failed", reason: reason.slice(0, 200) };
}

async function run() {
  if (endpoints.length === 0) throw new Error("no endpoints were given");
  const actions = [];
  for (let from = 0; from < endpoints.length; from += MOST_ENDPOINTS) {
    const batch = endpoints.slice(from, from + MOST_ENDPOINTS);
    actions.push({ batch, id: await quarantine(batch) });
  }
  const actionId = actions[0].id;
  if (!wait) return { outcome: "accepted", actionId };
  const statuses = [];
  for (const { id, batch } of actions) {
    const data = await follow(id, batch);
    statuses.push(...batch.map((endpoint) => data[endpoint] ?? "no such endpoint"));
  }
  return { ...outcomeOf(statuses), actionId };
}

const word = await run().catch((error) => ({
  outcome: error instanceof Refused ? "refused" : "failed",
  status: error.status,
  reason: error.message,
}));
console.log(JSON.stringify(word));
process.exitCode = ["accepted", "completed"].includes(word.outcome) ? 0 : 1;
