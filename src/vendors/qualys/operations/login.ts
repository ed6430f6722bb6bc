import { type Reply, text } from "../../../core/reply.ts";
import type { Tenant } from "../../../core/tenant.ts";
import type { Operation } from "../../../core/vendor.ts";
import { issueToken, unauthenticated } from "../tokens.ts";
import { usersOf } from "../users.ts";

/** POST /auth: a 201 with the token as plain text. */
export const login: Operation = ({ body, tenant }) => {
  const { username, password } = body as Readonly<Record<string, string | undefined>>;
  return signIn(username, password, tenant);
};

/** POST /auth/oidc and /auth/oauth: the same, with the credentials in headers. */
export const loginWithClient: Operation = ({ headers, tenant }) =>
  signIn(headers["clientid"], headers["clientsecret"], tenant);

async function signIn(
  name: string | undefined,
  password: string | undefined,
  tenant: Tenant,
): Promise<Reply> {
  const user = usersOf(tenant).find((one) => one.name === name && one.password === password);
  if (user) return text(await issueToken(user, tenant), "text/plain", { status: 201 });
  throw unauthenticated("user name or password is wrong", "wrong");
}
