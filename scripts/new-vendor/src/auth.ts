import { VendorError } from "../../core/errors.ts";
import type { Tenant } from "../../core/tenant.ts";
import type { Authenticator, Vendor, WireRequest } from "../../core/vendor.ts";
import { triggers } from "./state.ts";

/** A tenant's key follows from its name. */
export const apiKeyOf = ({ name }: Pick<Tenant, "name">): string => `acme-${name}-key`;

/** The identity that the request claims: its key. */
export const claim = ({ headers }: WireRequest): string | undefined => headers["x-acme-key"];

export const authenticate: Authenticator = (request, tenant) => {
  const key = claim(request);
  if (key === undefined) {
    throw new VendorError({
      kind: "unauthenticated",
      reason: "The x-acme-key header is missing.",
      flaw: "missing",
    });
  }
  if (key !== apiKeyOf(tenant)) {
    throw new VendorError({
      kind: "unauthenticated",
      reason: "The key in x-acme-key is wrong.",
      flaw: "wrong",
    });
  }
  return { id: tenant.name };
};

export const present: Vendor["present"] = ({ values }) => ({ "x-acme-key": values["key"] ?? "" });

export const sample: Vendor["sample"] = (url, credential) => {
  const [deviceId] = triggers.keys();
  const headers = Object.entries(present(credential)).map(
    ([name, value]) => `-H '${name}: ${value}'`,
  );
  return [`curl -X POST ${url}/acme/devices/${deviceId}/isolate`, ...headers].join(" \\\n  ");
};
