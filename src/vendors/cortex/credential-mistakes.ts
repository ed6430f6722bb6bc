import type { CredentialMistake } from "../../core/errors.ts";
import type { Key } from "./keys.ts";
import { sign } from "./sign.ts";

/** The credentials in a request's headers. */
export interface SentCredentials {
  readonly id: string;
  readonly authorization: string;
  readonly nonce?: string | undefined;
  readonly timestamp?: string | undefined;
}

const SCHEME = /^(Bearer|Basic|Token|ApiKey|Key)\s+/i;

/** Whether the key and its id are in each other's header. */
export const isSwapped = (id: string, authorization: string | undefined): boolean =>
  authorization !== undefined && /^\d+$/.test(authorization) && !/^\d+$/.test(id);

/** Recognises a common mistake with a standard key. Undefined if it is none of them. */
export function standardKeyMistake(
  { authorization, nonce = "", timestamp = "" }: SentCredentials,
  { id, key }: Key,
): CredentialMistake | undefined {
  const scheme = SCHEME.exec(authorization)?.[0];
  if (scheme && authorization.slice(scheme.length) === key) return SCHEME_BEFORE(scheme, "key");
  // A digest of anything: a key with a nonce and a timestamp is not 64 hexadecimal digits.
  if (nonce && timestamp && /^[\da-f]{64}$/i.test(authorization)) {
    return {
      flaw: "scheme",
      what: `the key ${id} is a standard key, and the call is signed as with an advanced key`,
      fix: "Send a standard key as it is in Authorization, without nonce, timestamp and digest; sign with advanced keys only.",
    };
  }
  return undefined;
}

/** The same for an advanced key with a wrong signature. */
export function signatureMistake(
  { authorization, nonce = "", timestamp = "" }: SentCredentials,
  { id, key }: Key,
): CredentialMistake | undefined {
  const right = sign(key, nonce, timestamp);
  const scheme = SCHEME.exec(authorization)?.[0];
  if (scheme && authorization.slice(scheme.length) === right)
    return SCHEME_BEFORE(scheme, "digest");
  const unsigned = unsignedMistake(authorization, { id, key });
  if (unsigned) return unsigned;
  if (authorization.toLowerCase() === right) {
    return {
      flaw: "scheme",
      what: "the digest is written in upper case",
      fix: "Write the SHA-256 in lower-case hexadecimal digits.",
    };
  }
  if (authorization === sign(id, nonce, timestamp)) {
    return {
      flaw: "wrong",
      what: "the digest is made of the key's id, not of the key",
      fix: "Make the SHA-256 of key, nonce and timestamp, in this order.",
    };
  }
  const others = [
    sign(key, timestamp, nonce),
    sign(nonce, key, timestamp),
    sign(timestamp, nonce, key),
  ];
  if (others.includes(authorization)) {
    return {
      flaw: "wrong",
      what: "the digest is made of key, nonce and timestamp in another order",
      fix: "Put the key first, then the nonce, then the timestamp, with nothing between them.",
    };
  }
  return {
    flaw: "wrong",
    what: "the digest is wrong: it is not the SHA-256 of key, nonce and timestamp",
    fix: "Make the SHA-256 of key, nonce and timestamp in this order, with the values that the headers have.",
  };
}

/** An advanced key that is sent unsigned, like a standard one. */
export const unsignedMistake = (
  authorization: string,
  { id, key }: Pick<Key, "id" | "key">,
): CredentialMistake | undefined =>
  authorization === key
    ? {
        flaw: "scheme",
        what: `the key ${id} is an advanced key, and it is sent unsigned`,
        fix: "Send the SHA-256 of key, nonce and timestamp in Authorization, not the key.",
      }
    : undefined;

/** A wrong timestamp that would be correct in another unit. */
export function unitMistake(
  timestamp: string,
  now: number,
  windowMs: number,
): CredentialMistake | undefined {
  const unit = [
    ["seconds", 1000],
    ["microseconds", 1 / 1000],
  ].find(([, factor]) => Math.abs(now - Number(timestamp) * Number(factor)) <= windowMs)?.[0];
  return unit === undefined
    ? undefined
    : {
        flaw: "scheme",
        what: `x-xdr-timestamp is in ${unit}`,
        fix: "Send the time in milliseconds since 1970.",
      };
}

export const SWAPPED: CredentialMistake = {
  flaw: "wrong",
  what: "the key's id and the key are swapped",
  fix: "Put the id into x-xdr-auth-id, and the key into Authorization.",
};

const SCHEME_BEFORE = (scheme: string, thing: string): CredentialMistake => ({
  flaw: "scheme",
  what: `"${scheme.trim()}" precedes the ${thing} in Authorization`,
  fix: `Send the ${thing} alone in Authorization: this vendor has no scheme there.`,
});
