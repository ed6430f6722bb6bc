import { type CredentialFlaw, VendorError } from "../../core/errors.ts";
import { type Rate, spend } from "../../core/rate.ts";
import type { Tenant } from "../../core/tenant.ts";
import type { Authenticator, WireRequest } from "../../core/vendor.ts";
import { type Key, keysOf } from "./keys.ts";
import { demoted, lastNonces, nonces } from "./state.ts";

/** What the request claims to be: its key's id. */
export const claim = ({ headers }: WireRequest): string | undefined => headers["x-xdr-auth-id"];

/** Over all operations of a tenant. */
const RATE: Rate = { name: "cortex", limit: 10, windowSeconds: 1 };

export const authenticate: Authenticator = (request, tenant, operation) => {
  const id = claim(request);
  const authorization = request.headers["authorization"];
  if (!id) throw refuse("The x-xdr-auth-id header is missing.", "missing");
  if (!authorization) throw refuse("The Authorization header is missing.", "missing");
  const key = keysOf(tenant).get(id);
  if (!key) throw refuse(`There is no API key with the id ${id}.`, "wrong");
  if (key.standing === "revoked") throw refuse(`The API key ${id} was revoked.`, "lapsed");
  let remarks: readonly string[] = [];
  if (key.advanced) remarks = checkSignature(request, authorization, key, tenant);
  else if (authorization !== key.key) throw refuse(`The key is not that of the id ${id}.`, "wrong");
  if (tenant.settings.rateLimit !== "off") spend(RATE, tenant);
  // A path that is no operation asks for no licence and no permission.
  if (operation !== undefined && key.standing === "unlicensed") {
    throw new VendorError({ kind: "unlicensed", principal: id });
  }
  const isForbidden = key.standing === "forbidden" || tenant.store.get(demoted, id) !== undefined;
  if (operation !== undefined && isForbidden) {
    throw new VendorError({ kind: "forbidden", principal: id, permission: operation });
  }
  return remarks.length > 0 ? { id, remarks } : { id };
};

/** `Authorization` of an advanced key. */
export const sign = (key: string, nonce: string, timestamp: string): string =>
  // Loaded when used: it is a tenth of a start, and plain keys do without.
  process
    .getBuiltinModule("node:crypto")
    .createHash("sha256")
    .update(`${key}${nonce}${timestamp}`)
    .digest("hex");

/** What the vendor bears of a good signature, and its documents do not mean. */
export const NONCE_REUSED = "the nonce is that of the call before";
export const TIMESTAMP_FAR = "the timestamp is far from the server's clock";

/** Of the window that a timestamp may be off: five of its fifteen minutes. */
const FAR = 1 / 3;

/** Answers remarks on a good signature. */
function checkSignature(
  { headers }: WireRequest,
  authorization: string,
  { id, key }: Key,
  { clock, settings, store }: Tenant,
): string[] {
  const nonce = headers["x-xdr-nonce"];
  const timestamp = headers["x-xdr-timestamp"];
  const now = clock.now();
  const windowMs = settings.signatureWindowSeconds * 1000;
  if (!nonce || !timestamp) {
    throw refuse(
      `The key ${id} is an advanced one: x-xdr-nonce and x-xdr-timestamp are needed.`,
      "missing",
    );
  }
  // The documents ask for 64 characters; clients send fewer and are answered.
  if (!/^[A-Za-z0-9]{1,64}$/.test(nonce)) {
    throw refuse("The x-xdr-nonce header must be up to 64 letters and digits.", "scheme");
  }
  if (!/^\d{1,16}$/.test(timestamp)) {
    throw refuse(
      "The x-xdr-timestamp header must be milliseconds since 1970, in digits.",
      "scheme",
    );
  }
  if (Math.abs(now - Number(timestamp)) > windowMs) {
    const side = Number(timestamp) < now ? "behind" : "ahead of";
    throw refuse(
      `The x-xdr-timestamp header is more than ${settings.signatureWindowSeconds} seconds ${side} the server's clock.`,
    );
  }
  if (authorization !== sign(key, nonce, timestamp)) {
    throw refuse(
      "The Authorization header is not the lower-case SHA-256 of key, nonce and timestamp.",
      "wrong",
    );
  }
  if (settings.refuseNonceReuse) {
    if (store.get(nonces, nonce)) throw refuse("The x-xdr-nonce header was used before.");
    for (const old of store.all(nonces)) {
      if (now - old.at > 2 * windowMs) store.delete(nonces, old.nonce);
    }
    store.put(nonces, { nonce, at: now });
  }
  // Of each key the last one only: clients that reuse a nonce do so call after call, and it takes no room.
  const last = store.get(lastNonces, id)?.nonce;
  store.put(lastNonces, { id, nonce });
  return [
    ...(last === nonce ? [NONCE_REUSED] : []),
    ...(Math.abs(now - Number(timestamp)) > FAR * windowMs ? [TIMESTAMP_FAR] : []),
  ];
}

const refuse = (reason: string, flaw?: CredentialFlaw): VendorError =>
  new VendorError({ kind: "unauthenticated", reason, ...(flaw && { flaw }) });
