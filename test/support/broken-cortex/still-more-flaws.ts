// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are parts of another program
import type { Flaw } from "./flaws.ts";

const POLLED =
  '({ data } = await call("actions/get_action_status", { group_action_id: Number(actionId) }));';
const SENT = "actions.push({ batch, id: await quarantine(batch) });";
const PLAIN = "cortex.quarantine.two";

/** What goes wrong on the way from a task to its calls. */
const requests: readonly Flaw[] = [
  {
    does: "acts on the endpoints of the first page only",
    from: "const actions = [];",
    to: "const actions = [];\n  endpoints.splice(100);",
    caughtBy: "cortex.targets.thousand",
  },
  {
    does: "takes endpoints whose ids begin alike for the same one",
    from: "const actions = [];",
    to: "const actions = [];\n  const known = new Map(endpoints.map((id) => [id.slice(0, 12), id]));\n  endpoints.splice(0, endpoints.length, ...known.values());",
    caughtBy: PLAIN,
  },
  {
    does: "reads the ids of endpoints as numbers",
    from: "value: batch }",
    to: "value: batch.map((id) => Number.parseInt(id, 16)) }",
    caughtBy: "request.off-spec",
    in: PLAIN,
    also: [PLAIN],
  },
  {
    does: "takes letters with accents apart",
    from: "file_path: filePath,",
    to: 'file_path: filePath.normalize("NFD"),',
    caughtBy: "cortex.quarantine.non-ascii",
  },
  {
    does: "percent-encodes a path in JSON",
    from: "file_path: filePath,",
    to: "file_path: encodeURI(filePath),",
    caughtBy: "cortex.quarantine.quoting",
  },
  {
    does: "sends every call twice at once, and takes the first reply",
    from: "return await post(path, requestData);",
    to: "return await Promise.any([post(path, requestData), post(path, requestData)]);",
    caughtBy: PLAIN,
  },
  {
    does: "sends a second call when the reply to the first one is slow",
    from: "return await post(path, requestData);",
    to: "const first = post(path, requestData);\n      return await Promise.any([first, sleep(200).then(() => post(path, requestData))]);",
    caughtBy: "cortex.transport.slow-body",
    // On a busy machine every reply is slow.
    also: [PLAIN],
  },
  {
    does: "has credentials built in",
    from: "authorization: CORTEX_API_KEY,",
    to: 'authorization: "fauxdr-standard-key",',
    caughtBy: "auth.wrong",
    in: PLAIN,
    also: [PLAIN],
  },
  {
    does: "uses another account's key id and key",
    from: '"x-xdr-auth-id": CORTEX_API_KEY_ID,\n      authorization: CORTEX_API_KEY,',
    to: '"x-xdr-auth-id": "1",\n      authorization: "fauxdr-standard-key",',
    caughtBy: "check.stray-calls",
    in: PLAIN,
    also: [PLAIN],
    stray: true,
  },
  {
    does: "uses the id of its standard key with its advanced key",
    from: "authorization: CORTEX_API_KEY,",
    to: "authorization: process.env.CORTEX_ADVANCED_API_KEY,",
    caughtBy: "auth.wrong",
    in: PLAIN,
    also: [PLAIN],
  },
  {
    does: "logs the headers that it sends",
    from: "async function post(path, requestData) {",
    to: "async function post(path, requestData) {\n  console.error(JSON.stringify({ authorization: CORTEX_API_KEY }));",
    caughtBy: "secret.printed",
    in: PLAIN,
  },
];

/** What goes wrong in reading replies. */
const replies: readonly Flaw[] = [
  {
    does: "reads Retry-After as milliseconds",
    from: "await sleep(pause * 1000);",
    to: "await sleep(pause);",
    caughtBy: "retry.early",
    in: "cortex.busy.rate-limited",
  },
  {
    does: "takes a call over the rate limit for accepted",
    from: "if (!response.ok) throw",
    to: "if (response.status === 429) return { status: 1, action_id: 1 };\n  if (!response.ok) throw",
    caughtBy: "cortex.busy.rate-limited",
  },
  {
    does: "takes a short unavailability for accepted",
    from: "if (!response.ok) throw",
    to: "if (response.status === 503) return { status: 1, action_id: 1 };\n  if (!response.ok) throw",
    caughtBy: "cortex.busy.unavailable",
    also: ["cortex.busy.always-unavailable"],
  },
  {
    does: "sends a call again after a failure of the server",
    from: "const isBusy = error.status === 429",
    to: "const isBusy = error.status === 500 || error.status === 429",
    caughtBy: "cortex.errors.plain-text",
  },
  {
    does: "has one reason for every refusal",
    from: "  status: error.status,\n  reason: error.message,\n",
    to: '  reason: "the vendor refused it",\n',
    caughtBy: "cortex.refusals.forbidden",
    in: "cortex.refusals.",
    also: ["cortex.refusals.unauthorized", "cortex.refusals.unlicensed"],
  },
  {
    does: "names every status that a refusal can have",
    from: "  status: error.status,\n  reason: error.message,\n",
    to: '  reason: "refused: a 401, 402 or 403",\n',
    caughtBy: "cortex.refusals.unlicensed",
    in: "cortex.refusals.",
    also: ["cortex.refusals.unauthorized", "cortex.refusals.forbidden"],
  },
  {
    does: "dies of a reply that it does not know",
    from: "const word = await run().catch((error) => ({",
    to: "const word = await run().catch((error) => { if (!(error instanceof Refused)) throw error; return error; }).catch((error) => { if (!error.status) throw error; return error; }).then((error) => (error.outcome ? error : {",
    caughtBy: "cortex.errors.html-200",
  },
];

/** What goes wrong in following an action. */
const following: readonly Flaw[] = [
  {
    does: "follows the first of its calls only",
    from: "for (const { id, batch } of actions) {",
    to: "for (const { id, batch } of actions.slice(0, 1)) {",
    caughtBy: "cortex.targets.beyond",
  },
  {
    does: "counts its time limit in milliseconds",
    from: "giveUpSeconds - performance.now() / 1000",
    to: "giveUpSeconds - performance.now()",
    caughtBy: "cortex.quarantine.waits",
  },
  {
    does: "takes a refused status call for the end",
    from: "if (error.status < 500) throw error;",
    to: "if (error.status < 500) return Object.fromEntries(batch.map((id) => [id, FINAL[0]]));",
    caughtBy: "cortex.refusals.may-not-follow",
  },
  {
    does: "asks for an action by a list of ids",
    from: POLLED,
    to: POLLED.replace("Number(actionId)", "[Number(actionId)]"),
    caughtBy: "cortex.quarantine.waits",
  },
  {
    does: "gives up on the rest when one of several calls is refused, and reports the others as all",
    from: SENT,
    to: "const id = await quarantine(batch).catch((error) => { if (from === 0) throw error; return undefined; });\n    if (id === undefined) break;\n    actions.push({ batch, id });",
    caughtBy: "cortex.targets.second-refused",
  },
];

export const STILL_MORE_FLAWS: readonly Flaw[] = [...requests, ...replies, ...following];
