// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are parts of another program
import type { Flaw } from "./flaws.ts";

const REFUSED =
  "if (!(pause > 0) || pause > 60 || attempt === 3) throw new Refused(response.status, text);";
const FOLLOWED = "for (const requestId of requestIds) ends.push(await endOf(requestId, deadline));";

/** A success of the vendor's, made up. */
const ACCEPTED = 'return \'{"requestId":"1"}\';';

export const STILL_MORE_FLAWS: readonly Flaw[] = [
  {
    name: "sends its login along to another host",
    changes: [[', redirect: "manual" };', " };"]],
    by: "login.redirected",
    cases: ["qualys.login.redirect"],
  },
  {
    name: "takes a conflict for a host that is in quarantine already",
    changes: [
      [
        "if (response.ok) return text;",
        `if (response.status === 409) ${ACCEPTED}\n    if (response.ok) return text;`,
      ],
    ],
    by: "qualys.rate.conflict",
  },
  {
    name: "takes a call over the rate limit for accepted",
    changes: [
      [
        "if (response.ok) return text;",
        `if (response.status === 429) ${ACCEPTED}\n    if (response.ok) return text;`,
      ],
    ],
    by: "qualys.rate.to-wait",
    also: ["qualys.rate.retry-after", "qualys.rate.for-good"],
  },
  {
    name: "waits milliseconds where it was told seconds",
    changes: [["await sleep(1000 * pause);", "await sleep(pause);"]],
    by: "qualys.rate.too-soon",
    cases: ["qualys.rate.to-wait"],
  },
  {
    name: "reads its time limit as milliseconds",
    changes: [["Date.now() + 1000 * giveUpSeconds", "Date.now() + giveUpSeconds"]],
    by: "qualys.poll.success",
  },
  {
    name: "sends the time as a number",
    changes: [["new Date().toISOString()", "Date.now()"]],
    by: "request.off-spec",
    also: ["qualys.quarantine.versioned", "qualys.poll.success"],
  },
  {
    name: "sends its own time of day as UTC",
    changes: [["new Date().toISOString()", "new Date(Date.now() - 5 * 3_600_000).toISOString()"]],
    by: "qualys.request.time",
  },
  {
    name: "writes the ids of agents in upper case",
    changes: [["          agentId,\n", "          agentId: agentId.toUpperCase(),\n"]],
    by: "qualys.quarantine.versioned",
    also: ["qualys.poll.success"],
  },
  {
    name: "takes one host that is done for all of them",
    changes: [["good === ends.length", "good > 0"]],
    by: "qualys.poll.mixed",
  },
  {
    name: "takes a status call that fails for success",
    changes: [[FOLLOWED, FOLLOWED.replace("deadline))", 'deadline).catch(() => "success"))')]],
    by: "qualys.poll.refused",
    also: ["qualys.poll.stuck"],
    cases: ["qualys.poll.refused", "qualys.poll.stuck"],
  },
  {
    name: "asks for the status with POST",
    changes: [
      [
        'await call("GET", `${ACTIONS}/activityLog/${requestId}`)',
        'await call("POST", `${ACTIONS}/activityLog/${requestId}`)',
      ],
    ],
    by: "request.off-spec",
    also: ["qualys.poll.success"],
  },
  {
    name: "logs in again, and keeps the header with the old token",
    changes: [
      ["QUALYS_PASSWORD, FAUXDR_INPUT", "QUALYS_PASSWORD, QUALYS_TOKEN, FAUXDR_INPUT"],
      ["let token;", "let token = QUALYS_TOKEN;"],
      [
        "  const send = () =>\n",
        "  token ??= await login();\n  const authorization = `Bearer ${token}`;\n  const send = () =>\n",
      ],
      ["{ authorization: `Bearer ${token}`, ", "{ authorization, "],
    ],
    by: "qualys.token.expired-before",
    also: ["retry.hopeless", "login.after-401"],
  },
  {
    name: "sends every quarantine call twice at once",
    changes: [
      ["const requestIds = [];", "const requestIds = [];\n  quarantine(agentIds, action);"],
    ],
    by: "qualys.poll.success",
    also: ["destructive.twice"],
  },
  {
    name: "ends well without a call when it is over the rate limit",
    changes: [[REFUSED, `if (response.status === 429) return '{}';\n    ${REFUSED}`]],
    by: "qualys.rate.for-good",
  },
];
