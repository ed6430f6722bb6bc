// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are parts of another program
import type { Flaw } from "./flaws.ts";

const BEARER = "authorization: `Bearer ${token}`,";
const QUARANTINE = "`${ACTIONS}/quarantineHost?";
const ENDED = "if (/^(success|failed)$/i.test(status)) return status.toLowerCase();";

/** What is wrong with every call breaks the cases as well. */
const ALL = ["qualys.quarantine.versioned", "qualys.poll.success"];

const leavesOut = (field: string, text: string): Flaw => ({
  name: `leaves out ${field}`,
  changes: [[text, ""]],
  by: "request.off-spec",
  also: ALL,
});

export const MORE_FLAWS: readonly Flaw[] = [
  leavesOut("remediationSource", '      remediationSource: "EDR",\n'),
  leavesOut("the comment", "      comment,\n"),
  leavesOut("requestTime", "      requestTime: new Date().toISOString(),\n"),
  leavesOut("agentVersion", "          agentVersion: AGENT_VERSION,\n"),
  leavesOut("eventId", "          eventId: agentId,\n"),
  {
    name: "names no user at all",
    changes: [
      ["?${new URLSearchParams({ user, userId })}", ""],
      ["      user,\n      userId,\n", ""],
    ],
    by: "request.off-spec",
    also: ALL,
  },
  {
    name: "sends a token without Bearer",
    changes: [[BEARER, "authorization: token,"]],
    by: "auth.scheme",
    also: ["qualys.quarantine.versioned", "qualys.poll.success"],
  },
  {
    name: "sends no token",
    stray: true,
    changes: [[BEARER, ""]],
    by: "auth.missing",
    also: ["retry.hopeless", "qualys.quarantine.versioned", "qualys.poll.success"],
  },
  {
    name: "puts its token into the URL",
    changes: [[QUARANTINE, "`${ACTIONS}/quarantineHost?token=${token}&"]],
    by: "secret.exposed",
  },
  {
    name: "misspells the path",
    changes: [["/remediation-actions`", "/remediation-action`"]],
    by: "request.unknown-path",
    also: ALL,
  },
  {
    name: "names an agent twice",
    changes: [["agents.map((agentId)", "[...agents, agents[0]].map((agentId)"]],
    by: "qualys.quarantine.two",
  },
  {
    name: "asks for another action than its own",
    changes: [["/activityLog/${requestId}", "/activityLog/${crypto.randomUUID()}"]],
    by: "status.unknown-action",
    also: ["qualys.poll.success"],
  },
  {
    name: "asks on when the action has ended",
    changes: [
      [
        ENDED,
        `if (/^(success|failed)$/i.test(status)) { await call("GET", \`\${ACTIONS}/activityLog/\${requestId}\`); return status.toLowerCase(); }`,
      ],
    ],
    by: "poll.after-end",
  },
  {
    name: "comes back before Retry-After",
    changes: [["await sleep(1000 * pause);", "await sleep(50 * pause);"]],
    by: "retry.early",
    cases: ["qualys.rate.unavailable"],
  },
  {
    name: "encodes the user twice",
    changes: [
      [
        "new URLSearchParams({ user, userId })",
        "new URLSearchParams({ user: encodeURIComponent(user), userId })",
      ],
    ],
    by: "qualys.quarantine.user-encoded",
  },
  {
    name: "prints the token that it got",
    changes: [
      [
        "  token ??= await login();\n  try",
        "  token ??= await login();\n  console.error(`token: ${token}`);\n  try",
      ],
    ],
    by: "secret.printed",
  },
  {
    name: "takes its token along to another host",
    changes: [
      [
        "const response = await fetch(",
        'const going = (url, init) => fetch(url, { ...init, redirect: "manual" }).then((reply) => (reply.status === 307 ? going(reply.headers.get("location"), init) : reply));\n    const response = await going(',
      ],
    ],
    by: "secret.redirected",
    cases: ["qualys.token.redirect"],
  },
  {
    name: "waits for a reply for ever",
    changes: [
      [
        "    const signal = AbortSignal.timeout(1000 * Math.max(2, Math.min(30, giveUpSeconds)));\n",
        "    let signal;\n",
      ],
    ],
    by: "qualys.lost.hangs",
    limitMs: 4000,
  },
  {
    name: "tries a wrong password again",
    changes: [
      [
        "  token ??= await login();\n  try",
        "  token ??= await login().catch(() => login());\n  try",
      ],
    ],
    by: "qualys.login.wrong-password",
    also: ["retry.hopeless"],
  },
];
