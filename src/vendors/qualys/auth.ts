import { VendorError } from "../../core/errors.ts";
import { type Rate, remaining, spend } from "../../core/rate.ts";
import type { Tenant } from "../../core/tenant.ts";
import type { Authenticator, WireRequest } from "../../core/vendor.ts";
import { demoted } from "./state.ts";
import { EXPIRED, isJwt, ownerOf, refuse, subjectOf } from "./tokens.ts";
import { expiredToken, type User, usersOf } from "./users.ts";

/** Documented for other modules on the same gateway; logging in is not limited. */
const RATE: Rate = { name: "qualys", limit: 300, windowSeconds: 3600 };

/** What the request claims to be: the user who logs in, the one whom a signed token names, or the token itself. */
export function claim(request: WireRequest): string | undefined {
  const token = bearer(request);
  if (token !== undefined) return isJwt(token) ? subjectOf(token) : token;
  if (!/^\/auth(\/|$)/.test(request.path)) return undefined;
  const { clientid } = request.headers;
  return (
    clientid ?? new URLSearchParams(request.body.toString("utf8")).get("username") ?? undefined
  );
}

export const authenticate: Authenticator = async (request, tenant, operation) => {
  const user = await userOf(request, tenant);
  if (tenant.settings.rateLimit !== "off") spend(RATE, tenant);
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
    throw refuse(
      request.headers["authorization"] === undefined
        ? "The Authorization header is missing"
        : 'The Authorization header must be "Bearer", a space and a token',
    );
  }
  if (token === expiredToken(tenant)) throw refuse(EXPIRED);
  const user = usersOf(tenant).find((candidate) => candidate.token === token);
  if (user) return user;
  if (isJwt(token)) return ownerOf(token, tenant);
  throw refuse("The token is not a token of this platform");
}

function bearer({ headers }: WireRequest): string | undefined {
  return /^Bearer +(\S+) *$/i.exec(headers["authorization"] ?? "")?.[1];
}

/** What the gateway says of the rate, where it limits one. */
export function rateHeaders(tenant: Tenant): Record<string, string> {
  if (tenant.settings.rateLimit === "off") return {};
  const left = remaining(RATE, tenant);
  return {
    "x-ratelimit-limit": String(RATE.limit),
    "x-ratelimit-window-sec": String(RATE.windowSeconds),
    "x-ratelimit-remaining": String(left.calls),
    "x-ratelimit-towait-sec": String(left.calls > 0 ? 0 : left.seconds),
  };
}
