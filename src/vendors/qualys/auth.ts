import { VendorError } from "../../core/errors.ts";
import { readForm } from "../../core/form.ts";
import { type Rate, remaining, spend } from "../../core/rate.ts";
import type { Tenant } from "../../core/tenant.ts";
import type { Authenticator, WireRequest } from "../../core/vendor.ts";
import { settingsOf } from "./settings.ts";
import { demoted } from "./state.ts";
import { EXPIRED, isJwt, ownerOf, unauthenticated, userOfJwt } from "./tokens.ts";
import { expiredToken, type User, usersOf } from "./users.ts";

/** Documented for other modules on the same gateway; logging in is not limited. */
const RATE: Rate = { name: "qualys", limit: 300, windowSeconds: 3600 };

/**
 * The identity that the request claims: the user who logs in, the user of a signed token, or the token itself. It also
 * reads credentials sent in a wrong way: the call is refused, but it still belongs in that tenant's journal.
 */
export function claim(request: WireRequest): string | undefined {
  const token = bearer(request) ?? (isLogin(request) ? undefined : misplaced(request));
  if (token !== undefined) return isJwt(token) ? userOfJwt(token) : token;
  if (!isLogin(request)) return undefined;
  const { clientid } = request.headers;
  return clientid ?? userNamed(request.body.toString("utf8"));
}

const isLogin = ({ path }: WireRequest): boolean => /^\/auth(\/|$)/.test(path);

/** A token with another scheme, or with none. */
const misplaced = ({ headers }: WireRequest): string | undefined =>
  /\S+$/.exec(headers["authorization"]?.trim() ?? "")?.[0];

/** The user name in a form, or in JSON, which some clients send instead. */
const userNamed = (body: string): string | undefined =>
  readForm(body)?.get("username") ?? /"username"\s*:\s*"([^"\\]*)"/.exec(body)?.[1];

export const authenticate: Authenticator = async (request, tenant, operation) => {
  const user = await userOf(request, tenant);
  if (settingsOf(tenant).rateLimit !== "off") spend(RATE, tenant);
  const isForbidden =
    user.standing === "forbidden" || tenant.store.get(demoted, user.name) !== undefined;
  if (operation !== undefined && isForbidden) {
    throw new VendorError({
      kind: "forbidden",
      principal: user.name,
      permission: "EDR.REMEDIATION.CREATE",
    });
  }
  return { id: user.name };
};

async function userOf(request: WireRequest, tenant: Tenant): Promise<User> {
  const token = bearer(request);
  if (token === undefined) {
    throw request.headers["authorization"] === undefined
      ? unauthenticated("The Authorization header is missing", "missing")
      : unauthenticated('The Authorization header must be "Bearer", a space and a token', "scheme");
  }
  if (token === expiredToken(tenant)) throw unauthenticated(EXPIRED, "lapsed");
  const user = usersOf(tenant).find((candidate) => candidate.token === token);
  if (user) return user;
  if (isJwt(token)) return ownerOf(token, tenant);
  throw unauthenticated("The token was not issued by this platform", "wrong");
}

function bearer({ headers }: WireRequest): string | undefined {
  return /^Bearer +(\S+) *$/i.exec(headers["authorization"] ?? "")?.[1];
}

/** The gateway's rate-limit headers. None when the limit is off. */
export function rateHeaders(tenant: Tenant): Record<string, string> {
  if (settingsOf(tenant).rateLimit === "off") return {};
  const left = remaining(RATE, tenant);
  return {
    "x-ratelimit-limit": String(RATE.limit),
    "x-ratelimit-window-sec": String(RATE.windowSeconds),
    "x-ratelimit-remaining": String(left.calls),
    "x-ratelimit-towait-sec": String(left.calls > 0 ? 0 : left.seconds),
  };
}
