import type { JWTPayload } from "jose";
import { type CredentialFlaw, VendorError } from "../../core/errors.ts";
import type { Table } from "../../core/store.ts";
import type { Tenant } from "../../core/tenant.ts";
import { type User, usersOf } from "./users.ts";

/** Documented for the gateway that the API stands behind. */
const LIFETIME_SECONDS = 4 * 60 * 60;

/** What a token says, once its signature was found good. */
interface Checked {
  readonly user: User;
  /** Milliseconds since 1970. */
  readonly expires: number;
  /** The number of the login that gave it out, where its calls are counted. */
  readonly login?: string;
}

/** Tokens that were found good: checking a signature takes longer than all the rest. */
const good = new WeakMap<Tenant, Map<string, Checked>>();
const MOST_REMEMBERED = 1000;

const ONLY = "of each token";

/** For how many calls the token of a login is good, in a tenant where time is not all that ends it. */
export const callLimit: Table<{ readonly calls: number }> = {
  name: "qualys.call limit",
  key: () => ONLY,
};

/** How many calls the token of a login has opened. Of the login, as a token itself must be in no snapshot. */
const calls: Table<{ readonly login: string; readonly made: number }> = {
  name: "qualys.calls",
  key: ({ login }) => login,
};

/** Logs a user in: a signed token that is good for four hours of the tenant's time. */
export async function issueToken(user: User, tenant: Tenant): Promise<string> {
  const { SignJWT } = await import("jose");
  const now = Math.floor(tenant.clock.now() / 1000);
  // Without a number two logins of one second have the same token, and a used one would not be followed by a new one.
  const login = tenant.store.get(callLimit, ONLY) && tenant.store.next("qualys.logins");
  return new SignJWT({
    usertype: "User",
    modulesAllowed: ["EDR"],
    username: user.name,
    ...(login !== undefined && { jti: String(login) }),
  })
    .setProtectedHeader({ alg: "HS512", typ: "JWT" })
    .setIssuer("qas")
    .setAudience("qas")
    .setSubject(user.name)
    .setIssuedAt(now)
    .setExpirationTime(now + LIFETIME_SECONDS)
    .sign(secretOf(tenant));
}

/** Whose token this is. Throws the VendorError of one that is expired or was signed by somebody else. */
export async function ownerOf(token: string, tenant: Tenant): Promise<User> {
  const remembered = good.get(tenant) ?? new Map<string, Checked>();
  good.set(tenant, remembered);
  const known = remembered.get(token) ?? (await verified(token, tenant));
  if (tenant.clock.now() >= known.expires || isUsedUp(known, tenant))
    throw refuse(EXPIRED, "lapsed");
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(token, known);
  return known.user;
}

/** Counts the call where calls are counted. */
function isUsedUp({ login }: Checked, { store }: Tenant): boolean {
  const limit = store.get(callLimit, ONLY);
  if (!limit || login === undefined) return false;
  const { made } = store.get(calls, login) ?? { made: 0 };
  if (made >= limit.calls) return true;
  store.put(calls, { login, made: made + 1 });
  return false;
}

/** Clients compare this text to know that a new login will help. */
export const EXPIRED = "JWT expired";

async function verified(token: string, tenant: Tenant): Promise<Checked> {
  const { compactVerify } = await import("jose");
  // The signature only: the expiry is judged by the tenant's clock, at every call.
  const algorithms = ["HS512"];
  const signed = await compactVerify(token, secretOf(tenant), { algorithms }).catch(
    () => undefined,
  );
  const { sub, exp = 0, jti } = signed ? claimsOf(token) : {};
  const user = usersOf(tenant).find(({ name }) => name === sub);
  if (!user) throw refuse("The token is not a token of this platform", "wrong");
  return { user, expires: exp * 1000, ...(jti !== undefined && { login: jti }) };
}

/** The user that a token names, before anybody checked it. */
export const subjectOf = (token: string): string | undefined => claimsOf(token).sub;

function claimsOf(token: string): Pick<JWTPayload, "sub" | "exp" | "jti"> {
  try {
    const payload = Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8");
    const { sub, exp, jti } = JSON.parse(payload) as JWTPayload;
    return {
      ...(typeof sub === "string" && { sub }),
      ...(typeof exp === "number" && { exp }),
      ...(typeof jti === "string" && { jti }),
    };
  } catch {
    return {};
  }
}

export const isJwt = (token: string): boolean => token.split(".").length === 3;

/** As long as HS512 wants it. The same seed makes the same tokens. */
const secretOf = ({ name, settings }: Tenant): Uint8Array =>
  new TextEncoder().encode(`fauxdr ${settings.seed} ${name} `.padEnd(64, "."));

export const refuse = (reason: string, flaw: CredentialFlaw): VendorError =>
  new VendorError({ kind: "unauthenticated", reason, flaw });
