import type { Basis } from "./basis.ts";
import type { JsonFault } from "./json/json-fault.ts";

/** One mistake in the content of a request. */
export interface Problem {
  /** How sure it is that the vendor rejects this. Missing means `assumed`. */
  readonly basis?: Basis;
  /** Where the vendor's requirement is written. */
  readonly source?: string;
  /** The vendor documents it, but fauxdr does not support it. The client made no mistake. */
  readonly unserved?: true;
  /** JSON pointer into the body (`/request_data/file_path`), or `query/user`, `header/content-type`. */
  readonly where: string;
  /** What is wrong. Printed after the place: "is required". */
  readonly what: string;
  /**
   * A vendor may have its own text for it: a required field is missing or empty, or a page has a wrong size.
   */
  readonly kind?: "missing" | "page-size";
}

/**
 * What is wrong with credentials. `missing`: there are none. `scheme`: not in the form that the vendor accepts.
 * `wrong`: not those of this tenant. `lapsed`: no longer valid.
 */
export type CredentialFlaw = "missing" | "scheme" | "wrong" | "lapsed";

/** A recognised mistake with credentials. Findings name it; a reply need not. */
export interface CredentialMistake {
  readonly flaw: CredentialFlaw;
  /** What is wrong, without any secret. */
  readonly what: string;
  /** One sentence: how to fix it. */
  readonly fix: string;
}

/** Why a vendor rejects a request, the same for every vendor. Each vendor has one table of error responses for them. */
export type Refusal = Reason & {
  /** A reserved target forced it. The client made no mistake. */
  readonly onRequest?: true;
};

type Reason =
  /** The body is not valid JSON. `fault` says where, if that is known. */
  | {
      readonly kind: "malformed";
      readonly reason: string;
      readonly fault?: JsonFault;
      readonly basis?: Basis;
    }
  /** The body is JSON, but not an object. */
  | { readonly kind: "not-an-object"; readonly problem: Problem }
  /** `others` are further problems. */
  | { readonly kind: "invalid"; readonly problem: Problem; readonly others?: readonly Problem[] }
  | {
      readonly kind: "unauthenticated";
      readonly reason: string;
      readonly flaw?: CredentialFlaw;
      readonly mistake?: CredentialMistake;
    }
  | { readonly kind: "unlicensed"; readonly principal: string }
  | { readonly kind: "forbidden"; readonly principal: string; readonly permission: string }
  /** The request matches nothing in the inventory. `action` is the vendor's name for what was asked. */
  | { readonly kind: "no-target"; readonly action: string; readonly targets: readonly string[] }
  /** No object has this id. `call` is the vendor's name of the call that looked for it. */
  | {
      readonly kind: "not-found";
      readonly what: string;
      readonly id: string;
      readonly call?: string;
      /** The kind of the object that has this id, if it is not the kind that the call takes. */
      readonly actual?: string;
    }
  /** The current state does not allow it. `action` is set if the request creates an action. */
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
  /** The vendor has this call, but fauxdr does not serve it. */
  | {
      readonly kind: "not-served";
      readonly method: string;
      readonly path: string;
      /** What the call does. */
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

/** Carries a refusal. Operations and authenticators throw it, and only the pipeline catches it. */
export class VendorError extends Error {
  override readonly name = "VendorError";
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.kind);
    this.refusal = refusal;
  }
}

/** The journal does not show what was expected, or cannot tell. The message lists the closest matches field by field. */
export class VerificationError extends Error {
  override readonly name = "VerificationError";
}

/** Misuse of fauxdr, or a bug of ours. Never sent as a vendor's reply. */
export class KitError extends Error {
  override readonly name = "KitError";
}

/** The store that servers share cannot be used, or has lost something. Its message is for people. */
export class StoreError extends KitError {}
