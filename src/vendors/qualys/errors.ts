import type { Problem, Refusal } from "../../core/errors.ts";
import { json, type Reply } from "../../core/reply.ts";
import type { Tenant } from "../../core/tenant.ts";
import { settingsOf } from "./settings.ts";

interface Wire {
  readonly code: `${number} ${string}`;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The gateway's error shape is printed for a 403 of another module. That every error has it is assumed. */
const WIRE: {
  readonly [Kind in Refusal["kind"]]: (refusal: Extract<Refusal, { kind: Kind }>) => Wire;
} = {
  malformed: ({ reason, fault }) => ({
    code: "400 BAD_REQUEST",
    message: fault
      ? `${upper(reason)}: ${fault.message} at line ${fault.line}, column ${fault.column}`
      : upper(reason),
  }),
  "not-an-object": ({ problem }) => ({ code: "400 BAD_REQUEST", message: named(problem) }),
  invalid: ({ problem, others = [] }) => ({
    code: "400 BAD_REQUEST",
    message: [problem, ...others].map(named).join("; "),
  }),
  unauthenticated: ({ reason }) => ({ code: "401 UNAUTHORIZED", message: reason }),
  unlicensed: ({ principal }) => ({
    code: "403 FORBIDDEN",
    message: `${userNamed(principal)} does not have the EDR module in the subscription`,
  }),
  forbidden: ({ principal, permission }) => ({
    code: "403 FORBIDDEN",
    message: `${userNamed(principal)} does not have the ${permission} permission to perform this operation. Ensure that required permissions are assigned to the user`,
  }),
  "no-target": ({ targets }) => ({
    code: "404 NOT_FOUND",
    message: `There is no asset with the agentId ${targets.join(", ")}`,
  }),
  "not-found": ({ what, id }) => ({ code: "404 NOT_FOUND", message: `There is no ${what} ${id}` }),
  conflict: ({ reason }) => ({ code: "409 CONFLICT", message: upper(reason) }),
  "rate-limited": ({ limit, windowSeconds, retryAfterSeconds }) => ({
    code: "429 TOO_MANY_REQUESTS",
    message: "The rate limit is exceeded",
    headers: {
      "x-ratelimit-limit": String(limit),
      "x-ratelimit-window-sec": String(windowSeconds),
      "x-ratelimit-remaining": "0",
      "x-ratelimit-towait-sec": String(retryAfterSeconds),
    },
  }),
  "too-large": ({ limitBytes }) => ({
    code: "413 PAYLOAD_TOO_LARGE",
    message: `The body is larger than ${limitBytes} bytes`,
  }),
  failure: ({ reason }) => ({ code: "500 INTERNAL_SERVER_ERROR", message: upper(reason) }),
  "no-operation": ({ method, path, nearest }) => ({
    code: "404 NOT_FOUND",
    message: `${method} ${path.slice(0, 200)} is not a call of this API; the nearest is ${nearest}`,
  }),
  "not-served": ({ method, path, what }) => ({
    code: "404 NOT_FOUND",
    message: `fauxdr does not serve ${method} ${path.slice(0, 200)} (${what}); the vendor does`,
  }),
  "wrong-method": ({ method, path, allowed }) => ({
    code: "405 METHOD_NOT_ALLOWED",
    message: `${method} is not allowed on ${path}; use ${allowed.join(" or ")}`,
    headers: { allow: allowed.join(", ") },
  }),
};

/** The operations that issue tokens. */
const SIGN_INS: readonly (string | undefined)[] = ["login", "loginOidc", "loginOAuth"];

/** Sign-in errors have their own shape. */
const signInRefused = (): Reply =>
  json(
    { authentication_exceptions: ["InvalidCredentialsException"] },
    { status: 401, cause: "unauthenticated" },
  );

/** Renders a refusal as the vendor's error response, the same in both wire forms. */
export function refuse(refusal: Refusal, tenant: Tenant, operation: string | undefined): Reply {
  if (refusal.kind === "unauthenticated" && SIGN_INS.includes(operation)) return signInRefused();
  const render = WIRE[refusal.kind] as (refusal: Refusal) => Wire;
  const { code: newer, message, headers = {} } = render(refusal);
  const older = refusal.kind === "rate-limited" && settingsOf(tenant).rateLimit === "409";
  const code = older ? "409 CONFLICT" : newer;
  return json(
    { errorCode: code, message, timestamp: tenant.clock.now() },
    { status: Number.parseInt(code, 10), cause: refusal.kind, headers },
  );
}

const named = ({ where, what }: Problem): string => upper(`${where || "the body"} ${what}`);

/** A forced error names no user. */
const userNamed = (principal: string): string =>
  principal === "the caller" ? "The user" : `The ${principal} user`;

const upper = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
