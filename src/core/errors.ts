import type { Basis } from "./basis.ts";
import type { JsonFault } from "./json/json-fault.ts";

/** One thing that is wrong with a request's content. */
export interface Problem {
  /** How sure it is that the vendor wants it otherwise; `assumed` where it does not say. */
  readonly basis?: Basis;
  /** Where that is written. */
  readonly source?: string;
  /** The vendor documents it, and fauxdr does not understand it: no mistake of the client. */
  readonly unserved?: true;
  /** JSON pointer into the body (`/request_data/file_path`), or `query/user`, `header/content-type`. */
  readonly where: string;
  /** What is wrong there, to be read after the place: "is required". */
  readonly what: string;
}

/**
 * What is wrong with credentials: they are not there, not in the form that the vendor takes, no credentials of this
 * tenant's, or have been good once.
 */
export type CredentialFlaw = "missing" | "scheme" | "wrong" | "lapsed";

/** A mistake with credentials that is known by what it looks like. The wire does not show it; findings do. */
export interface CredentialMistake {
  readonly flaw: CredentialFlaw;
  /** Without any secret. */
  readonly what: string;
  /** One sentence. */
  readonly fix: string;
}

/** Why a vendor says no, in no vendor's words. Each vendor has one table that puts it on the wire. */
export type Refusal = Reason & {
  /** A reserved target asked for it: the client did nothing wrong. */
  readonly onRequest?: true;
};

type Reason =
  /** The body is no JSON text; `fault` tells the place where one is known. */
  | {
      readonly kind: "malformed";
      readonly reason: string;
      readonly fault?: JsonFault;
      readonly basis?: Basis;
    }
  /** The body is JSON, but not an object. */
  | { readonly kind: "not-an-object"; readonly problem: Problem }
  /** `others` is what else is wrong. */
  | { readonly kind: "invalid"; readonly problem: Problem; readonly others?: readonly Problem[] }
  | {
      readonly kind: "unauthenticated";
      readonly reason: string;
      readonly flaw?: CredentialFlaw;
      readonly mistake?: CredentialMistake;
    }
  | { readonly kind: "unlicensed"; readonly principal: string }
  | { readonly kind: "forbidden"; readonly principal: string; readonly permission: string }
  /** Nothing in the inventory is meant by the request. `action` is the vendor's name of what was asked. */
  | { readonly kind: "no-target"; readonly action: string; readonly targets: readonly string[] }
  /** An id that was never given out. `call` is the vendor's name of the call that looked for it. */
  | {
      readonly kind: "not-found";
      readonly what: string;
      readonly id: string;
      readonly call?: string;
      /** It was given out, and is of another kind than the call takes. */
      readonly actual?: string;
    }
  /** The state does not allow it. `action` is there where an action was to be created. */
  | { readonly kind: "conflict"; readonly action?: string; readonly reason: string }
  | {
      readonly kind: "rate-limited";
      readonly limit: number;
      readonly windowSeconds: number;
      readonly retryAfterSeconds: number;
    }
  | { readonly kind: "too-large"; readonly limitBytes: number }
  | { readonly kind: "failure"; readonly reason: string }
  | {
      readonly kind: "no-operation";
      readonly method: string;
      readonly path: string;
      readonly nearest: string;
    }
  /** The vendor has the call, and fauxdr does not serve it. */
  | {
      readonly kind: "not-served";
      readonly method: string;
      readonly path: string;
      /** What the call does, and where it is written. */
      readonly what: string;
      readonly basis: Basis;
      readonly source: string;
    }
  | {
      readonly kind: "wrong-method";
      readonly method: string;
      readonly path: string;
      readonly allowed: readonly string[];
    };

/** A refusal on its way to the wire. Thrown by operations and authenticators, caught by the pipeline alone. */
export class VendorError extends Error {
  override readonly name = "VendorError";
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.kind);
    this.refusal = refusal;
  }
}

/** A journal does not show what it should, or cannot tell. The message names the nearest misses, field by field. */
export class VerificationError extends Error {
  override readonly name = "VerificationError";
}

/** Misuse of fauxdr, or a bug of ours. Never sent as a vendor's answer. */
export class KitError extends Error {
  override readonly name = "KitError";
}
