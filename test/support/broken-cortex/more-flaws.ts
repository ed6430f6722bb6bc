// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are parts of another program
import type { Flaw } from "./flaws.ts";

const KEY = "authorization: CORTEX_API_KEY,";
const ID = '"x-xdr-auth-id": CORTEX_API_KEY_ID,';
const PATH = 'call("endpoints/quarantine", {';
const ENDED = 'if (count("COMPLETED_SUCCESSFULLY") === statuses.length)';
const SENT = "actions.push({ batch, id: await quarantine(batch) });";
const PLAIN = "cortex.quarantine.two";

/** What is wrong with every call shows in the plain case as well. */
const everywhere = { in: PLAIN, also: [PLAIN] } as const;

const credentials: readonly Flaw[] = [
  {
    does: "writes Bearer before its key",
    from: KEY,
    to: "authorization: `Bearer ${CORTEX_API_KEY}`,",
    caughtBy: "auth.scheme",
    ...everywhere,
  },
  {
    does: "swaps id and key",
    from: `${ID}\n      ${KEY}`,
    to: '"x-xdr-auth-id": CORTEX_API_KEY,\n      authorization: CORTEX_API_KEY_ID,',
    caughtBy: "auth.wrong",
    stray: true,
    ...everywhere,
  },
  { does: "sends no key", from: KEY, to: "", caughtBy: "auth.missing", ...everywhere },
  {
    does: "sends no key id",
    from: ID,
    to: "",
    stray: true,
    caughtBy: "auth.missing",
    in: PLAIN,
    // Calls without an id come into one journal, whichever case they are of.
    also: [PLAIN, "retry.hopeless"],
  },
  {
    does: "cuts its key",
    from: KEY,
    to: "authorization: CORTEX_API_KEY.slice(1),",
    caughtBy: "auth.wrong",
    ...everywhere,
  },
  {
    does: "puts its key into the URL",
    from: "/public_api/v1/${path}`",
    to: "/public_api/v1/${path}?key=${CORTEX_API_KEY}`",
    caughtBy: "secret.exposed",
    in: PLAIN,
  },
];

const signatures: readonly Flaw[] = [
  {
    does: "signs with seconds",
    signs: true,
    from: "String(Date.now())",
    to: "String(Math.floor(Date.now() / 1000))",
    caughtBy: "auth.scheme",
    ...everywhere,
  },
  {
    does: "writes its digest in upper case",
    signs: true,
    from: "authorization: digest,",
    to: "authorization: digest.toUpperCase(),",
    caughtBy: "auth.scheme",
    ...everywhere,
  },
  {
    does: "signs in another order",
    signs: true,
    from: "${nonce}${timestamp}",
    to: "${timestamp}${nonce}",
    caughtBy: "auth.wrong",
    ...everywhere,
  },
  {
    does: "hashes its key id",
    signs: true,
    from: "`${CORTEX_API_KEY}$",
    to: "`${CORTEX_API_KEY_ID}$",
    caughtBy: "auth.wrong",
    ...everywhere,
  },
  {
    does: "sends an advanced key unsigned",
    signs: true,
    from: "authorization: digest,",
    to: "authorization: CORTEX_API_KEY,",
    caughtBy: "auth.scheme",
    ...everywhere,
  },
  {
    does: "sends a digest without its nonce",
    signs: true,
    from: '    "x-xdr-nonce": nonce,\n',
    to: "",
    caughtBy: "auth.missing",
    ...everywhere,
  },
  {
    does: "signs with a time of ten minutes ago",
    signs: true,
    from: "String(Date.now())",
    to: "String(Date.now() - 600_000)",
    caughtBy: "cortex.signature.stale",
    as: "should",
    in: PLAIN,
  },
  {
    does: "uses one nonce for all its calls",
    signs: true,
    from: "Array.from(crypto.getRandomValues(new Uint8Array(32)),",
    to: "Array.from(new Uint8Array(32).fill(7),",
    caughtBy: "cortex.signing.nonce-once",
    as: "should",
  },
  {
    does: "sends a nonce with dashes",
    signs: true,
    from: '.join("");',
    to: '.join("").replace(/^(.{8})/, "$1-");',
    caughtBy: "auth.scheme",
    ...everywhere,
  },
];

const requests: readonly Flaw[] = [
  {
    does: "writes a prefix before its hash",
    from: "file_hash: fileHash,",
    to: 'file_hash: "sha256:" + fileHash,',
    caughtBy: "cortex.hash.form",
    in: PLAIN,
  },
  {
    does: "sends a SHA-1",
    from: "file_hash: fileHash,",
    to: "file_hash: fileHash.slice(0, 40),",
    caughtBy: "cortex.hash.form",
    in: PLAIN,
  },
  {
    does: "misspells the path",
    from: PATH,
    to: 'call("endpoint/quarantine", {',
    caughtBy: "request.unknown-path",
    as: "should",
    ...everywhere,
  },
  {
    does: "leaves out the hash",
    from: "    file_hash: fileHash,\n",
    to: "",
    caughtBy: "request.off-spec",
    ...everywhere,
  },
  {
    does: "leaves out the path",
    from: "    file_path: filePath,\n",
    to: "",
    caughtBy: "request.off-spec",
    ...everywhere,
  },
  {
    does: "sends one filter that is no list",
    from: '[{ field: "endpoint_id_list", operator: "in", value: batch }]',
    to: '{ field: "endpoint_id_list", operator: "in", value: batch }',
    caughtBy: "request.off-spec",
    ...everywhere,
  },
  {
    does: "sends the ids as one text",
    from: "value: batch }",
    to: "value: batch.join() }",
    caughtBy: "request.off-spec",
    ...everywhere,
  },
  {
    does: "compares with an operator of its own",
    from: 'operator: "in"',
    to: 'operator: "equals"',
    caughtBy: "request.off-spec",
    ...everywhere,
  },
  {
    does: "leaves out request_data",
    from: "JSON.stringify({ request_data: requestData })",
    to: "JSON.stringify(requestData)",
    caughtBy: "request.off-spec",
    ...everywhere,
  },
  {
    does: "sends what is no JSON",
    from: "JSON.stringify({ request_data: requestData })",
    to: "JSON.stringify({ request_data: requestData }).replaceAll('\"', \"'\")",
    caughtBy: "request.off-spec",
    ...everywhere,
  },
  {
    does: "sends with PUT",
    from: 'method: "POST"',
    to: 'method: "PUT"',
    caughtBy: "request.off-spec",
    ...everywhere,
  },
  {
    does: "escapes a path twice",
    from: "file_path: filePath,",
    to: 'file_path: filePath.replaceAll("\\\\", "\\\\\\\\"),',
    caughtBy: "cortex.quarantine.quoting",
  },
  {
    does: "drops the last endpoint of a list",
    from: "endpoints.slice(from, from + MOST_ENDPOINTS)",
    to: "endpoints.slice(from, from + MOST_ENDPOINTS).slice(0, endpoints.length > 2 ? -1 : undefined)",
    caughtBy: "cortex.targets.thousand",
  },
  {
    does: "names one endpoint in two calls",
    from: "from += MOST_ENDPOINTS",
    to: "from += MOST_ENDPOINTS - 1",
    caughtBy: "cortex.targets.drawn-two-calls",
  },
  {
    does: "passes over a second call that is refused",
    from: SENT,
    to: "try { actions.push({ batch, id: await quarantine(batch) }); } catch (error) { if (from === 0) throw error; }",
    caughtBy: "cortex.targets.second-refused",
  },
];

const endings: readonly Flaw[] = (
  [
    ["TIMEOUT", "timed-out"],
    ["EXPIRED", "expired"],
    ["CANCELLED", "cancelled"],
    ["ABORTED", "aborted"],
    ["FAILED", "failed"],
  ] as const
).map(([status, name]) => ({
  does: `takes ${status} for success`,
  from: ENDED,
  to: `if (count("COMPLETED_SUCCESSFULLY", "${status}") === statuses.length)`,
  caughtBy: `cortex.endings.${name}`,
}));

const following: readonly Flaw[] = [
  {
    does: "asks for another action than its own",
    from: "group_action_id: Number(actionId)",
    to: "group_action_id: Number(actionId) + 1",
    caughtBy: "status.unknown-action",
    in: "cortex.quarantine.waits",
    also: ["cortex.quarantine.waits"],
  },
  {
    does: "keeps an action id in 32 bits",
    from: "group_action_id: Number(actionId)",
    to: "group_action_id: Number(actionId) >>> 0",
    caughtBy: "status.unknown-action",
    in: "cortex.replies.long-action-id",
  },
  {
    does: "never tells which error it got",
    from: "  status: error.status,\n  reason: error.message,\n",
    to: "",
    caughtBy: "cortex.refusals.forbidden",
  },
  {
    does: "looks once, and calls what is under way completed",
    from: ENDED,
    to: 'if (count("FAILED") === 0)',
    caughtBy: "cortex.endings.never-picked-up",
  },
  {
    does: "leaves after one look",
    from: "if (batch.every((id) => !(id in data) || FINAL.includes(data[id]))) break;",
    to: 'for (const id of batch) data[id] = "COMPLETED_SUCCESSFULLY";\n    break;',
    caughtBy: "cortex.quarantine.waits",
  },
  {
    does: "asks on when the action has ended",
    from: "return data;\n}\n\nfunction outcomeOf",
    to: 'await call("actions/get_action_status", { group_action_id: Number(actionId) });\n  return data;\n}\n\nfunction outcomeOf',
    caughtBy: "poll.after-end",
    as: "should",
    in: "cortex.quarantine.waits",
  },
  {
    does: "asks without a pause",
    from: '({ data } = await call("actions/get_action_status", { group_action_id: Number(actionId) }));',
    to: '[{ data }] = await Promise.all(Array.from({ length: 40 }, () => call("actions/get_action_status", { group_action_id: Number(actionId) })));',
    caughtBy: "poll.hot",
    as: "should",
    in: "cortex.quarantine.waits",
  },
  {
    does: "comes back before Retry-After",
    from: "const pause = error.retryAfter ?? 0.2 * 2 ** attempt;",
    to: "const pause = 0.1;",
    caughtBy: "retry.early",
    in: "cortex.busy.rate-limited",
  },
  {
    does: "takes its key along to another host",
    from: "const response = await fetch(`",
    to: 'const going = (url, init) => fetch(url, { ...init, redirect: "manual" }).then((reply) => (reply.status === 307 ? going(reply.headers.get("location"), init) : reply));\n  const response = await going(`',
    caughtBy: "secret.redirected",
    in: "cortex.transport.redirect",
  },
  {
    does: "takes a redirect for success",
    from: "if (!response.ok) throw",
    to: "if (response.redirected || response.status === 307) return { status: 1, action_id: 1 };\n  if (!response.ok) throw",
    caughtBy: "cortex.transport.redirect",
  },
  {
    does: "waits for a reply for ever",
    from: "    signal: AbortSignal.timeout(1000 * Math.max(2, Math.min(30, giveUpSeconds))),\n",
    to: "",
    caughtBy: "cortex.transport.hangs",
    as: "should",
    limitMs: 4000,
  },
  {
    does: "sends a call again that ran into its time limit",
    from: "if (!isBusy || attempt === MOST_ATTEMPTS || pause > secondsLeft()) throw error;",
    to: 'if (!(isBusy || error.name === "TimeoutError") || attempt === 2) throw error;',
    caughtBy: "destructive.twice",
    in: "cortex.transport.hangs-in-body",
  },
  {
    does: "takes a lost reply for success",
    from: "return JSON.parse(body).reply;\n}",
    to: "return JSON.parse(body).reply;\n}\n\nconst careful = post;\npost = (...given) => careful(...given).catch((error) => { if (error.status) throw error; return { status: 1, action_id: 1 }; });",
    caughtBy: "cortex.transport.empty-reply",
  },
  {
    does: "takes half a reply for success",
    from: "return JSON.parse(body).reply;",
    to: 'try { return JSON.parse(body).reply; } catch { return { status: 1, action_id: "1" }; }',
    caughtBy: "cortex.transport.broken-json",
  },
  {
    does: "calls every refusal a missing licence",
    from: "this.status = status;",
    to: "this.status = status < 500 ? 402 : status;",
    caughtBy: "cortex.refusals.forbidden",
  },
  {
    does: "takes a revoked key for a bad request",
    from: "this.status = status;",
    to: "this.status = status === 401 ? 400 : status;",
    caughtBy: "cortex.refusals.unauthorized",
  },
  {
    does: "calls a failure of the vendor a success",
    from: "if (!response.ok) throw",
    to: "if (response.status >= 500) return { status: 1, action_id: 1 };\n  if (!response.ok) throw",
    caughtBy: "cortex.refusals.failure",
  },
];

export const MORE_FLAWS: readonly Flaw[] = [
  ...credentials,
  ...signatures,
  ...requests,
  ...endings,
  ...following,
];
