import type { Tenant } from "../../core/tenant.ts";

/** A user of a tenant, with a token that works without a login. */
export interface User {
  readonly name: string;
  readonly password: string;
  readonly token: string;
  readonly standing: "good" | "forbidden";
}

const known = new WeakMap<Tenant, readonly User[]>();

/** A tenant's users. They are derived from its name, so they are not state and not in snapshots. */
export function usersOf(tenant: Tenant): readonly User[] {
  const own = prefix(tenant);
  const made = known.get(tenant) ?? [user(own, "good"), user(`${own}-viewer`, "forbidden")];
  known.set(tenant, made);
  return made;
}

/** A token that has always expired, so that a client can test how it handles one. */
export const expiredToken = (tenant: Tenant): string => `${prefix(tenant)}-expired-token`;

const prefix = ({ name }: Tenant): string => (name === "default" ? "fauxdr" : name);

const user = (name: string, standing: User["standing"]): User => ({
  name,
  password: `${name}-password`,
  token: `${name}-token`,
  standing,
});
