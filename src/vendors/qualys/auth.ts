import { VendorError } from "../../core/errors.ts";
import type { Authenticator, WireRequest } from "../../core/vendor.ts";
import { expiredToken, users } from "./state.ts";

/** What the request claims to be: the token it shows. */
export const claim = (request: WireRequest): string | undefined => bearer(request);

export const authenticate: Authenticator = (request, tenant, operation) => {
  const token = bearer(request);
  if (token === undefined) {
    throw refuse(
      request.headers["authorization"] === undefined
        ? "The Authorization header is missing"
        : 'The Authorization header must be "Bearer", a space and a token',
    );
  }
  // Clients compare this text to know that a new login will help.
  if (token === expiredToken(tenant)) throw refuse("JWT expired");
  const user = tenant.store.all(users).find((candidate) => candidate.token === token);
  if (!user) throw refuse("The token is not a token of this platform");
  if (operation !== undefined && user.standing === "forbidden") {
    const permission = "EDR Response";
    throw new VendorError({ kind: "forbidden", principal: user.name, permission });
  }
  return { id: user.name };
};

function bearer({ headers }: WireRequest): string | undefined {
  return /^Bearer +(\S+) *$/i.exec(headers["authorization"] ?? "")?.[1];
}

const refuse = (reason: string): VendorError =>
  new VendorError({ kind: "unauthenticated", reason });
