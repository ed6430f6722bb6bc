import type { JWTPayload } from "jose";
import { VendorError } from "../../core/errors.ts";
import type { Tenant } from "../../core/tenant.ts";
import { type User, usersOf } from "./users.ts";

/** Documented for the gateway that the API stands behind. */
const LIFETIME_SECONDS = 4 * 60 * 60;

/** Tokens that were found good, and until when they are: checking a signature takes longer than all the rest. */
const good = new WeakMap<Tenant, Map<string, { user: User; expires: number }>>();
const MOST_REMEMBERED = 1000;

/** Logs a user in: a signed token that is good for four hours of the tenant's time. */
export async function issueToken(user: User, tenant: Tenant): Promise<string> {
  const { SignJWT } = await import("jose");
  const now = Math.floor(tenant.clock.now() / 1000);
  return new SignJWT({ usertype: "User", modulesAllowed: ["EDR"], username: user.name })
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
  const remembered = good.get(tenant) ?? new Map<string, { user: User; expires: number }>();
  good.set(tenant, remembered);
  const known = remembered.get(token) ?? (await verified(token, tenant));
  if (tenant.clock.now() >= known.expires) throw refuse(EXPIRED);
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(token, known);
  return known.user;
}

/** Clients compare this text to know that a new login will help. */
export const EXPIRED = "JWT expired";

async function verified(token: string, tenant: Tenant): Promise<{ user: User; expires: number }> {
  const { compactVerify } = await import("jose");
  // The signature only: the expiry is judged by the tenant's clock, at every call.
  const algorithms = ["HS512"];
  const signed = await compactVerify(token, secretOf(tenant), { algorithms }).catch(
    () => undefined,
  );
  const { sub, exp = 0 } = signed ? claimsOf(token) : {};
  const user = usersOf(tenant).find(({ name }) => name === sub);
  if (!user) throw refuse("The token is not a token of this platform");
  return { user, expires: exp * 1000 };
}

/** The user that a token names, before anybody checked it. */
export const subjectOf = (token: string): string | undefined => claimsOf(token).sub;

function claimsOf(token: string): { readonly sub?: string; readonly exp?: number } {
  try {
    const payload = Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8");
    const { sub, exp } = JSON.parse(payload) as JWTPayload;
    return { ...(typeof sub === "string" && { sub }), ...(typeof exp === "number" && { exp }) };
  } catch {
    return {};
  }
}

export const isJwt = (token: string): boolean => token.split(".").length === 3;

/** As long as HS512 wants it. The same seed makes the same tokens. */
const secretOf = ({ name, settings }: Tenant): Uint8Array =>
  new TextEncoder().encode(`fauxdr ${settings.seed} ${name} `.padEnd(64, "."));

export const refuse = (reason: string): VendorError =>
  new VendorError({ kind: "unauthenticated", reason });
