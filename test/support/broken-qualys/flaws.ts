// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are parts of another program
import { MORE_FLAWS } from "./more-flaws.ts";
import { STILL_MORE_FLAWS } from "./still-more-flaws.ts";

/** A client that does one thing wrong: the Node example with a few words changed. */
export interface Flaw {
  readonly name: string;
  /** What stands in the example, once, and what takes its place. */
  readonly changes: readonly (readonly [from: string, to: string])[];
  /** The rule or the case that names it. */
  readonly by: string;
  /** What else calls it a `must`, by its id: most flaws show in more than one place. */
  readonly also?: readonly string[];
  /** The cases to look at besides a few plain ones, where the one that names it is not enough. */
  readonly cases?: readonly string[];
  /** Its calls show no tenant, so that it needs a mock of its own. */
  readonly stray?: true;
  /** The time limit, for a client that does not end. */
  readonly limitMs?: number;
}

const FETCH =
  "const response = await fetch(QUALYS_URL + path, init);\n    const text = await response.text();";
const RELOGIN = "if (error.status !== 401) throw error;";
const ENDED = "if (/^(success|failed)$/i.test(status)) return status.toLowerCase();";

export const FLAWS: readonly Flaw[] = [
  {
    name: "sends a call again whose reply was lost",
    changes: [
      [
        FETCH,
        "let response, text;\n try { response = await fetch(QUALYS_URL + path, init); text = await response.text(); } catch { continue; }",
      ],
    ],
    by: "qualys.lost.reset-after",
    also: [
      "qualys.lost.reset-before",
      "destructive.twice",
      "qualys.lost.reset-within",
      "qualys.lost.truncated",
    ],
    cases: ["qualys.lost.reset", "qualys.lost.truncated"],
  },
  {
    name: "quarantines anew when a status call fails",
    changes: [
      [
        "for (const requestId of requestIds) ends.push(await endOf(requestId, deadline));",
        "for (const [at, requestId] of requestIds.entries()) ends.push(await endOf(requestId, deadline).catch(async () => endOf(await quarantine([agentIds[at]], action), deadline)));",
      ],
    ],
    by: "qualys.poll.gateway-page-once",
    also: ["qualys.poll.reset-once", "qualys.poll.refused"],
    cases: ["qualys.poll.reset-once", "qualys.poll.refused"],
  },
  {
    name: "does not log in again",
    changes: [[RELOGIN, "throw error;"]],
    by: "qualys.token.expired-mid-poll",
    also: ["qualys.token.expired-on-send", "login.after-401"],
    cases: ["qualys.token.expired"],
  },
  {
    name: "sends the old token again",
    changes: [["    token = await login();\n    return", "    return"]],
    by: "qualys.token.expired-on-send",
    also: ["retry.hopeless", "login.after-401"],
    cases: ["qualys.token.refused-for-good"],
  },
  {
    name: "logs in again and again",
    changes: [
      [
        "    token = await login();\n    return JSON.parse(await send());",
        "    for (;;) {\n token = await login();\n try { return JSON.parse(await send()); } catch (again) { if (again.status !== 401) throw again; }\n }",
      ],
    ],
    by: "qualys.token.refused-for-good",
    limitMs: 5000,
  },
  {
    name: "logs in before every call",
    changes: [["token ??= await login();", "token = await login();"]],
    by: "qualys.login.again",
    cases: ["qualys.poll.success"],
  },
  {
    name: "asks for no token",
    changes: [['      token: "true",\n', ""]],
    by: "qualys.login.token-field",
  },
  {
    name: "reads the token as its media type says",
    changes: [
      [
        "if (response.ok) return text;",
        'if (response.ok) return path === "/auth" && response.headers.get("content-type").includes("json") ? JSON.parse(text) : text;',
      ],
    ],
    by: "qualys.login.content-type",
  },
  {
    name: "judges the token by its own clock",
    changes: [
      [
        "token ??= await login();",
        'token ??= await login();\n  if (1000 * JSON.parse(Buffer.from(token.split(".")[1], "base64url")).exp < Date.now()) throw new Error("expired");',
      ],
    ],
    by: "qualys.poll.clock-skew",
  },
  {
    name: "takes queued for the end",
    changes: [[ENDED, 'return "success";']],
    by: "qualys.poll.success",
    also: ["qualys.poll.failed"],
    cases: ["qualys.poll.failed"],
  },
  {
    name: "takes every end for a good one",
    changes: [[ENDED, 'if (/^(success|failed)$/i.test(status)) return "success";']],
    by: "qualys.poll.failed",
    also: ["qualys.poll.old-agent-fails"],
    cases: ["qualys.poll.old-agent-fails"],
  },
  {
    name: "takes a status that it does not know for success",
    changes: [
      [
        ENDED,
        'if (!/^(queued|in progress)$/i.test(status)) return status === "failed" ? status : "success";',
      ],
    ],
    by: "qualys.poll.unknown-status",
    cases: ["qualys.poll.failed"],
  },
  {
    name: "never gives up",
    changes: [["while (Date.now() < deadline) {", "for (;;) {"]],
    by: "qualys.poll.old-agent-stuck",
    limitMs: 5000,
  },
  {
    name: "asks without a pause",
    changes: [
      [
        'const { status } = await call("GET", `${ACTIONS}/activityLog/${requestId}`);',
        'const [{ status }] = await Promise.all(Array.from({ length: 40 }, () => call("GET", `${ACTIONS}/activityLog/${requestId}`)));',
      ],
    ],
    by: "poll.hot",
    // So many polls are more than an action that stays in progress takes.
    also: ["qualys.poll.stuck"],
    cases: ["qualys.poll.stuck"],
  },
  {
    name: "follows the first host alone",
    changes: [
      [
        "for (const agentId of agentIds) requestIds.push(await quarantine([agentId], action));",
        "const [month, year] = [new Date().getUTCMonth() + 1, new Date().getUTCFullYear()]; requestIds.push(`RTP_${agentIds[0]}_${month}-${year}_${await quarantine(agentIds, action)}`);",
      ],
    ],
    by: "qualys.poll.mixed",
  },
  {
    name: "sends the first host only",
    changes: [["assetActions: agents.map(", "assetActions: agents.slice(0, 1).map("]],
    by: "qualys.quarantine.two",
    also: ["qualys.quarantine.many"],
    cases: ["qualys.quarantine.many"],
  },
  {
    name: "quarantines what it is to release",
    changes: [["          action,\n", '          action: "QUARANTINE_HOST",\n']],
    by: "qualys.quarantine.release",
  },
  {
    name: "knows one version only",
    changes: [['/ioc${version === "v1" ? "/v1" : ""}/', "/ioc/v1/"]],
    by: "qualys.quarantine.unversioned",
    also: ["qualys.poll.unversioned"],
    cases: ["qualys.poll.unversioned"],
  },
  {
    name: "sends a comment in ASCII",
    changes: [["      comment,\n", '      comment: comment.replace(/[^\\0-\\x7f]/g, "?"),\n']],
    by: "qualys.quarantine.comment-non-ascii",
    cases: ["qualys.quarantine.comment"],
  },
  {
    name: "sends no comment to speak of",
    changes: [["      comment,\n", '      comment: " ",\n']],
    by: "qualys.comment.blank",
  },
  {
    name: "puts the user into the URL as it is",
    changes: [["${new URLSearchParams({ user, userId })}", "user=${user}&userId=${userId}"]],
    by: "qualys.quarantine.user-encoded",
  },
  {
    name: "names the user in the body only",
    changes: [["?${new URLSearchParams({ user, userId })}", ""]],
    by: "qualys.user.both-places",
  },
  {
    name: "sends the time of the vendor's sample",
    changes: [["new Date().toISOString()", '"2024-12-12T04:52:39.711Z"']],
    by: "qualys.request.time",
  },
  {
    name: "aims at agents that are too old",
    changes: [['?? "7.1.0.35"', '?? "4.8.0.28"']],
    by: "qualys.agent.too-old",
  },
  {
    name: "refuses fields that it does not know",
    changes: [
      ["const { status } = await call(", "const { status, fauxdr_extra: extra } = await call("],
      [ENDED, `if (extra) throw new Error("an unknown field");\n    ${ENDED}`],
    ],
    by: "qualys.reply.extra-fields",
  },
  {
    name: "sends every refused call three times",
    changes: [["if (!(pause > 0) || pause > 60 || attempt === 3)", "if (attempt === 3)"]],
    by: "retry.hopeless",
    also: ["qualys.refusal.bad-request", "qualys.refusal.bad-request-empty"],
    cases: ["qualys.refusal.bad-request"],
  },
  {
    name: "does not wait after a call too many",
    changes: [["await sleep(1000 * pause);", ""]],
    by: "qualys.rate.too-soon",
    cases: ["qualys.rate.to-wait"],
  },
  {
    name: "ends well whatever happened",
    changes: [['["accepted", "completed"].includes(word.outcome) ? 0 : 1', "0"]],
    by: "qualys.refusal.forbidden",
    also: ["qualys.refusal.forbidden-text"],
  },
  ...MORE_FLAWS,
  ...STILL_MORE_FLAWS,
];
