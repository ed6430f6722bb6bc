// A client of the quarantine call, as one would write it in Node, with nothing but what Node brings. For the operation
// listEvents it finds the hosts itself: those with bad events in the last hour.
// It does what FAUXDR_INPUT says, and says in one JSON line how it went.
import { setTimeout as sleep } from "node:timers/promises";

const { QUALYS_URL, QUALYS_USERNAME, QUALYS_PASSWORD, FAUXDR_INPUT } = process.env;
const task = JSON.parse(FAUXDR_INPUT);
const { comment, version, wait, pollSeconds, giveUpSeconds, ...who } = task;
const { user = "Response Bot", userId = "response-bot" } = who;
const AGENT_VERSION = process.env.AGENT_VERSION ?? "7.1.0.35";
const ACTIONS = `/ioc${version === "v1" ? "/v1" : ""}/remediation-actions`;
const EVENTS = ACTIONS.replace("remediation-actions", "events");

class Refused extends Error {
  constructor(status, text) {
    super(`${status}: ${text.slice(0, 200)}`);
    this.status = status;
  }
}

async function request(method, path, headers, body) {
  for (let attempt = 1; ; attempt++) {
    const signal = AbortSignal.timeout(1000 * Math.max(2, Math.min(30, giveUpSeconds)));
    // A redirect to another host would take the password of a login along.
    const init = { method, headers, body, signal, redirect: "manual" };
    const response = await fetch(QUALYS_URL + path, init);
    const text = await response.text();
    if (response.status === 204) return "null";
    if (response.ok) return text;
    // Whoever is busy says for how long: what is refused so was not done, and may be sent again.
    const { headers: given } = response;
    const pause = Number(given.get("retry-after") ?? given.get("x-ratelimit-towait-sec") ?? 0);
    if (!(pause > 0) || pause > 60 || attempt === 3) throw new Refused(response.status, text);
    await sleep(1000 * pause);
  }
}

const login = () =>
  request(
    "POST",
    "/auth",
    {},
    new URLSearchParams({
      username: QUALYS_USERNAME,
      password: QUALYS_PASSWORD,
      token: "true",
      permissions: "true",
    }),
  );

let token;
async function call(method, path, body) {
  const send = () =>
    request(
      method,
      path,
      { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body && JSON.stringify(body),
    );
  token ??= await login();
  try {
    return JSON.parse(await send());
  } catch (error) {
    if (error.status !== 401) throw error;
    token = await login();
    return JSON.parse(await send());
  }
}

/** The hosts of the events that the task is about, each once. */
async function hostsOfEvents({ sinceSeconds, minScore, pageSize }) {
  const now = Date.now();
  const [from, to] = [now - 1000 * sinceSeconds, now].map((at) => new Date(at).toISOString());
  const filter = `event.datetime:["${from}" .. "${to}"]`;
  const sort = '[{"event.datetime":"asc"}]';
  const hosts = new Set();
  for (let pageNumber = 0; ; pageNumber++) {
    const query = new URLSearchParams({ filter, sort, pageNumber, pageSize });
    const rows = (await call("GET", `${EVENTS}?${query}`)) ?? [];
    for (const { score, asset } of rows) {
      // A score is text, or missing where nothing is known.
      if (Number(score ?? -1) >= minScore && asset?.agentId) hosts.add(asset.agentId);
    }
    if (rows.length < pageSize) return [...hosts];
  }
}

async function quarantine(agents, action) {
  const { requestId } = await call(
    "POST",
    `${ACTIONS}/quarantineHost?${new URLSearchParams({ user, userId })}`,
    {
      remediationSource: "EDR",
      user,
      userId,
      comment,
      requestTime: new Date().toISOString(),
      assetActionParameter: {
        assetActions: agents.map((agentId) => ({
          eventId: agentId,
          action,
          agentId,
          eventType: "AGENT",
          agentVersion: AGENT_VERSION,
        })),
      },
    },
  );
  return requestId;
}

/** "success" or "failed"; whatever is neither is not the end. */
async function endOf(requestId, deadline) {
  while (Date.now() < deadline) {
    const { status } = await call("GET", `${ACTIONS}/activityLog/${requestId}`);
    if (/^(success|failed)$/i.test(status)) return status.toLowerCase();
    await sleep(1000 * pollSeconds);
  }
  throw new Error(`${requestId} did not end within ${giveUpSeconds} seconds`);
}

/** Acts on the hosts, and waits for the ends. */
async function follow(agentIds, action) {
  // A requestId tells of one host only: those that are to be followed are asked for one by one.
  const requestIds = [];
  for (const agentId of agentIds) requestIds.push(await quarantine([agentId], action));
  const deadline = Date.now() + 1000 * giveUpSeconds;
  const ends = [];
  for (const requestId of requestIds) ends.push(await endOf(requestId, deadline));
  const good = ends.filter((end) => end === "success").length;
  const outcome = good === ends.length ? "completed" : good > 0 ? "partial" : "failed";
  return { outcome, actionId: requestIds[0] };
}

async function run() {
  const { action, release } = task;
  const agentIds = task.agentIds ?? (await hostsOfEvents(task));
  if (agentIds.length === 0) return { outcome: "completed" };
  if (!wait) return { outcome: "accepted", actionId: await quarantine(agentIds, action) };
  const done = await follow(agentIds, action);
  if (!release || done.outcome !== "completed") return done;
  return await follow(agentIds, "UNQUARANTINE_HOST");
}

const word = await run().catch(({ status, message }) => ({
  outcome: status >= 400 && status < 500 ? "refused" : "failed",
  status,
  reason: message,
}));
console.log(JSON.stringify(word));
process.exitCode = ["accepted", "completed"].includes(word.outcome) ? 0 : 1;
