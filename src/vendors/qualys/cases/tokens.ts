import type { ContractCase } from "../../../core/contract.ts";
import type { Fault } from "../../../core/faults/fault.ts";
import {
  AGENTS,
  accepted,
  LOGIN,
  logins,
  onLogin,
  onPoll,
  onSend,
  POLL,
  polls,
  quarantineCase,
  SENT,
  SOURCES,
  sends,
} from "./world.ts";

/** The reply to a call with an expired token. */
const EXPIRED: Fault = {
  kind: "status",
  status: 401,
  body: { errorCode: "401 UNAUTHORIZED", message: "JWT expired", timestamp: 1_769_860_800_000 },
};

const LIFETIME = `${SOURCES.signIn}: a token is valid for four hours`;
const AGAIN = `${LIFETIME}; RFC 9110, section 15.5.2: after a 401 the client sends new credentials`;

/** Cases about logging in, and about logging in again. */
export const tokens: readonly ContractCase[] = [
  quarantineCase({
    id: "qualys.login.once",
    title: "One login serves for a whole action",
    source: LIFETIME,
    severity: "should",
    input: { wait: true },
    outcomes: ["completed"],
    wire: [logins({ atMost: 1 }), accepted(1)],
  }),
  quarantineCase({
    id: "qualys.login.wrong-password",
    title: "A wrong password is reported as refused, and the login is not repeated",
    source: `${SOURCES.signIn}; its body is recorded in a client's test data`,
    as: "wrong password (401)",
    needs: ["logs-in"],
    evidence: { login: 1 },
    outcomes: ["refused"],
    says: { status: 401 },
    wire: [logins({ times: 1 }), accepted(0)],
    waives: ["auth.wrong", "login.after-401"],
  }),
  quarantineCase({
    id: "qualys.login.failure",
    title: "A login that keeps failing is reported, and no call is sent without a token",
    source: SOURCES.errors,
    // Even a client that logs in only if necessary must log in here.
    as: "expired (401)",
    settings: { faults: [onLogin({ kind: "refusal", refusal: "failure" })] },
    needs: ["logs-in"],
    evidence: { login: 1 },
    outcomes: ["failed", "refused"],
    wire: [logins({ atLeast: 1, atMost: 5 }), accepted(0)],
    waives: ["auth.wrong", "login.after-401"],
  }),
  quarantineCase({
    id: "qualys.login.unavailable",
    title: "A login during a short unavailability is repeated later, or reported",
    source: SOURCES.http,
    as: "expired (401)",
    settings: {
      faults: [onLogin({ kind: "status", status: 503, retryAfterSeconds: 1 }, { nth: 1 })],
    },
    needs: ["logs-in"],
    evidence: { login: 1 },
    outcomes: ["accepted", "failed", "refused"],
    wire: [logins({ atLeast: 1, atMost: 3 }), sends({ atMost: 2 })],
    waives: ["auth.wrong", "login.after-401"],
  }),
  quarantineCase({
    id: "qualys.login.redirect",
    title: "A login that is redirected to another host is no success",
    source: `${SOURCES.signIn}: a token comes with 201; the rule login.redirected looks after the password`,
    as: "expired (401)",
    settings: {
      faults: [
        onLogin({ kind: "redirect" }, { nth: 1 }),
        // Whether a client follows or not, it gets no token.
        onLogin(EXPIRED, { nth: 2, times: 9 }),
      ],
    },
    needs: ["logs-in"],
    evidence: { login: 1 },
    outcomes: ["refused", "failed"],
    wire: [logins({ atMost: 2 }), accepted(0)],
    waives: ["auth.wrong", "login.after-401", "retry.hopeless"],
  }),
  quarantineCase({
    id: "qualys.login.content-type",
    title: "The token is used unchanged, for any media type of the reply",
    source: `${SOURCES.signIn}: the body is the bare token; its media type is not printed`,
    settings: {
      faults: [onLogin({ kind: "wrong-content-type", contentType: "application/json" })],
    },
    needs: ["logs-in"],
    outcomes: ["accepted"],
    wire: [accepted(1)],
  }),
  quarantineCase({
    id: "qualys.token.expired-before",
    title: "A token that has expired before the first call is replaced by one login",
    source: AGAIN,
    as: "expired (401)",
    needs: ["logs-in"],
    outcomes: ["accepted"],
    wire: [logins({ times: 1 }), accepted(1)],
    waives: ["auth.wrong"],
  }),
  quarantineCase({
    id: "qualys.token.expired-on-send",
    title:
      "A token that expires just before the call is replaced by one login, and the call is sent",
    source: AGAIN,
    settings: { faults: [onSend(EXPIRED, { nth: 1 })] },
    needs: ["logs-in"],
    outcomes: ["accepted"],
    wire: [
      logins({ atMost: 2 }),
      sends({ times: 2 }),
      { inOrder: [{ where: SENT, status: 401 }, LOGIN, { where: SENT, status: 200 }] },
    ],
  }),
  quarantineCase({
    id: "qualys.token.expired-mid-poll",
    title:
      "A token that expires while an action runs is replaced by one login, and polling continues",
    source: AGAIN,
    input: { wait: true },
    settings: { faults: [onPoll(EXPIRED, { nth: 2 })] },
    needs: ["logs-in"],
    outcomes: ["completed"],
    wire: [
      logins({ atMost: 2 }),
      sends({ times: 1 }),
      polls({ atLeast: 4 }),
      { inOrder: [{ ...POLL, status: 401 }, LOGIN, { ...POLL, status: 200 }] },
    ],
  }),
  quarantineCase({
    id: "qualys.token.expired-twice",
    title: "A token that expires again is replaced again",
    source: LIFETIME,
    severity: "should",
    input: { wait: true },
    settings: { faults: [onPoll(EXPIRED, { nth: 2 }), onPoll(EXPIRED, { nth: 4 })] },
    needs: ["logs-in"],
    outcomes: ["completed"],
    wire: [logins({ atLeast: 2, atMost: 3 }), sends({ times: 1 })],
  }),
  quarantineCase({
    id: "qualys.token.redirect",
    title: "A redirect to another host is no success, and gets no token",
    source: `${SOURCES.quarantine}: a success is 200; the rule secret.redirected looks after the token`,
    settings: {
      faults: [
        onSend({ kind: "redirect" }, { nth: 1 }),
        // Whether a client follows or not, nothing is done.
        onSend(EXPIRED, { nth: 2, times: 9 }),
      ],
    },
    outcomes: ["refused", "failed"],
    wire: [accepted(0)],
    waives: ["login.after-401", "retry.hopeless"],
  }),
  quarantineCase({
    id: "qualys.token.refused-for-good",
    title: "A new token that is refused is reported after at most one more login",
    source: AGAIN,
    input: { agentIds: [AGENTS.unauthorized] },
    needs: ["logs-in"],
    outcomes: ["refused"],
    says: { status: 401 },
    wire: [logins({ atMost: 2 }), sends({ atLeast: 1, atMost: 2 })],
    waives: ["auth.wrong", "login.after-401"],
  }),
];
