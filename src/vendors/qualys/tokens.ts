import type { JWTPayload } from "jose";
import { type CredentialFlaw, VendorError } from "../../core/errors.ts";
import type { Table } from "../../core/store.ts";
import type { Tenant } from "../../core/tenant.ts";
import { type User, usersOf } from "./users.ts";

/** Documented for the gateway in front of the API. */
const LIFETIME_SECONDS = 4 * 60 * 60;

/** The content of a token whose signature is valid. */
interface Checked {
  readonly user: User;
  /** Milliseconds since 1970. */
  readonly expires: number;
  /** The number of the login that issued it, if its calls are counted. */
  readonly login?: string;
}

/** Tokens with a valid signature, remembered because checking one takes longer than the rest of a call. */
const good = new WeakMap<Tenant, Map<string, Checked>>();
const MOST_REMEMBERED = 1000;

const ONE_ROW = "of each token";

/** After how many calls a token from a login expires. Empty in a tenant where only time ends it. */
export const callLimit: Table<{ readonly calls: number }> = {
  name: "qualys.call limit",
  key: () => ONE_ROW,
  shape: { members: { calls: "count" } },
};

/** How many calls were made with the token of a login. By login number, because snapshots must not contain tokens. */
export const calls: Table<{ readonly login: string; readonly made: number }> = {
  name: "qualys.calls",
  key: ({ login }) => login,
  shape: { members: { login: "text", made: "count" } },
};

/** Logs a user in. Returns a signed token that expires after four hours on the tenant's clock. */
export async function issueToken(user: User, tenant: Tenant): Promise<string> {
  const { SignJWT } = await import("jose");
  const now = Math.floor(tenant.clock.now() / 1000);
  // Without a number, two logins within a second get the same token, and a used-up one would come back.
  const login = tenant.store.get(callLimit, ONE_ROW) && tenant.store.next("qualys.logins");
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

/** The user of a token. Throws a VendorError when it has expired or has another signature. */
export async function ownerOf(token: string, tenant: Tenant): Promise<User> {
  const remembered = good.get(tenant) ?? new Map<string, Checked>();
  good.set(tenant, remembered);
  const known = remembered.get(token) ?? (await verified(token, tenant));
  if (tenant.clock.now() >= known.expires || isUsedUp(known, tenant))
    throw unauthenticated(EXPIRED, "lapsed");
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(token, known);
  return known.user;
}

/** Counts the call, if the tenant limits calls per token. */
function isUsedUp({ login }: Checked, { store }: Tenant): boolean {
  const limit = store.get(callLimit, ONE_ROW);
  if (!limit || login === undefined) return false;
  const { made } = store.get(calls, login) ?? { made: 0 };
  if (made >= limit.calls) return true;
  store.put(calls, { login, made: made + 1 });
  return false;
}

/** Clients compare this exact text to decide to log in again. */
export const EXPIRED = "JWT expired";

async function verified(token: string, tenant: Tenant): Promise<Checked> {
  const { compactVerify } = await import("jose");
  // Check only the signature here: every call checks the expiry by the tenant's clock.
  const algorithms = ["HS512"];
  const signed = await compactVerify(token, secretOf(tenant), { algorithms }).catch(
    () => undefined,
  );
  const { sub, exp = 0, jti } = signed ? claimsOf(token) : {};
  const user = usersOf(tenant).find(({ name }) => name === sub);
  if (!user) throw unauthenticated("The token was not issued by this platform", "wrong");
  return { user, expires: exp * 1000, ...(jti !== undefined && { login: jti }) };
}

/** The user that an unverified token names. */
export const userOfJwt = (token: string): string | undefined => claimsOf(token).sub;

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

/** Padded to the key length that HS512 needs. The same seed gives the same tokens. */
const secretOf = ({ name, settings }: Tenant): Uint8Array =>
  new TextEncoder().encode(`fauxdr ${settings.seed} ${name} `.padEnd(64, "."));

export const unauthenticated = (reason: string, flaw: CredentialFlaw): VendorError =>
  new VendorError({ kind: "unauthenticated", reason, flaw });
