import { type CredentialFlaw, type CredentialMistake, VendorError } from "../../core/errors.ts";
import { type Rate, spend } from "../../core/rate.ts";
import type { Tenant } from "../../core/tenant.ts";
import type { Authenticator, WireRequest } from "../../core/vendor.ts";
import {
  isSwapped,
  type SentCredentials,
  SWAPPED,
  signatureMistake,
  standardKeyMistake,
  unitMistake,
  unsignedMistake,
} from "./credential-mistakes.ts";
import { type Key, keysOf } from "./keys.ts";
import { settingsOf } from "./settings.ts";
import { sign } from "./sign.ts";
import { demoted, lastNonces, nonces } from "./state.ts";

/** The identity that the request claims: the id of its key. */
export function claim({ headers }: WireRequest): string | undefined {
  const id = headers["x-xdr-auth-id"];
  const { authorization } = headers;
  if (id === undefined || /^\d+$/.test(id)) return id;
  return isSwapped(id, authorization) ? authorization : id;
}

/** One limit for all operations of a tenant. */
const RATE: Rate = { name: "cortex", limit: 10, windowSeconds: 1 };

export const authenticate: Authenticator = (request, tenant, operation) => {
  const { "x-xdr-auth-id": id, authorization } = request.headers;
  if (!id) throw unauthenticated("The x-xdr-auth-id header is missing.", "missing");
  if (!authorization) throw unauthenticated("The Authorization header is missing.", "missing");
  const key = keysOf(tenant).get(id);
  if (!key) {
    const mistake = isSwapped(id, authorization) ? SWAPPED : undefined;
    // Anything but a short number may be a key in the wrong place, which no reply repeats.
    const reason = /^\d{1,9}$/.test(id)
      ? `There is no API key with the id ${id}.`
      : "The x-xdr-auth-id header is not the id of an API key, which is a number.";
    throw unauthenticated(reason, "wrong", mistake);
  }
  if (key.standing === "revoked") throw unauthenticated(`The API key ${id} was revoked.`, "lapsed");
  let remarks: readonly string[] = [];
  if (key.advanced) remarks = checkSignature(request, authorization, key, tenant);
  else if (authorization !== key.key) {
    const mistake = standardKeyMistake(shownBy(request, authorization), key);
    const reason =
      mistake?.flaw === "scheme" ? mistake.what : `the key does not belong to the id ${id}`;
    throw unauthenticated(`${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`, "wrong", mistake);
  }
  if (settingsOf(tenant).rateLimit !== "off") spend(RATE, tenant);
  // An unknown path needs no licence and no permission.
  if (operation !== undefined && key.standing === "unlicensed") {
    throw new VendorError({ kind: "unlicensed", principal: id });
  }
  const isForbidden = key.standing === "forbidden" || tenant.store.get(demoted, id) !== undefined;
  if (operation !== undefined && isForbidden) {
    throw new VendorError({ kind: "forbidden", principal: id, permission: operation });
  }
  return remarks.length > 0 ? { id, remarks } : { id };
};

/** Remarks on a valid signature: the vendor accepts these requests, but its documents mean something else. */
export const NONCE_REUSED = "the nonce is the one of the previous call";
export const TIMESTAMP_FAR = "the timestamp is far from the server's clock";

/** The share of the allowed clock difference that earns a remark: five of its fifteen minutes. */
const FAR = 1 / 3;

/** Returns the remarks on a valid signature. Throws the VendorError of an invalid one. */
function checkSignature(
  request: WireRequest,
  authorization: string,
  key: Key,
  tenant: Tenant,
): string[] {
  const { headers } = request;
  const { id } = key;
  const { clock, store } = tenant;
  const { signatureWindowSeconds, refuseNonceReuse } = settingsOf(tenant);
  const nonce = headers["x-xdr-nonce"];
  const timestamp = headers["x-xdr-timestamp"];
  const now = clock.now();
  const windowMs = signatureWindowSeconds * 1000;
  if (!nonce || !timestamp) {
    throw unauthenticated(
      `The key ${id} is an advanced key: it needs x-xdr-nonce and x-xdr-timestamp.`,
      "missing",
      unsignedMistake(authorization, key),
    );
  }
  // The documents ask for 64 characters, but clients that send fewer get replies.
  if (!/^[A-Za-z0-9]{1,64}$/.test(nonce)) {
    throw unauthenticated("The x-xdr-nonce header must be up to 64 letters and digits.", "scheme");
  }
  if (!/^\d{1,16}$/.test(timestamp)) {
    throw unauthenticated(
      "The x-xdr-timestamp header must be milliseconds since 1970, in digits.",
      "scheme",
    );
  }
  if (Math.abs(now - Number(timestamp)) > windowMs) {
    const side = Number(timestamp) < now ? "behind" : "ahead of";
    throw unauthenticated(
      `The x-xdr-timestamp header is more than ${signatureWindowSeconds} seconds ${side} the server's clock.`,
      undefined,
      unitMistake(timestamp, now, windowMs),
    );
  }
  if (authorization !== sign(key.key, nonce, timestamp)) {
    throw unauthenticated(
      "The Authorization header is not the lower-case SHA-256 of key, nonce and timestamp.",
      "wrong",
      signatureMistake(shownBy(request, authorization), key),
    );
  }
  if (refuseNonceReuse) {
    if (store.get(nonces, nonce)) throw unauthenticated("The x-xdr-nonce header was used before.");
    // Two for each one that is added: the table shrinks, and no call pays for all of them.
    for (const old of store.oldest(nonces, 2)) {
      if (now - old.at > 2 * windowMs) store.delete(nonces, old.nonce);
    }
    store.put(nonces, { nonce, at: now });
  }
  // Keep only the last nonce of each key. That is enough: clients that reuse a nonce do so in call after call.
  const last = store.get(lastNonces, id)?.nonce;
  store.put(lastNonces, { id, nonce });
  return [
    ...(last === nonce ? [NONCE_REUSED] : []),
    ...(Math.abs(now - Number(timestamp)) > FAR * windowMs ? [TIMESTAMP_FAR] : []),
  ];
}

const shownBy = ({ headers }: WireRequest, authorization: string): SentCredentials => ({
  id: headers["x-xdr-auth-id"] ?? "",
  authorization,
  nonce: headers["x-xdr-nonce"],
  timestamp: headers["x-xdr-timestamp"],
});

function unauthenticated(
  reason: string,
  usual?: CredentialFlaw,
  mistake?: CredentialMistake,
): VendorError {
  const flaw = mistake?.flaw ?? usual;
  return new VendorError({
    kind: "unauthenticated",
    reason,
    ...(flaw && { flaw }),
    ...(mistake && { mistake }),
  });
}
