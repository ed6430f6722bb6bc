import type { Refusal } from "../errors.ts";
import type { Where } from "../journal/where.ts";

/** A failure between the vendor and its client. The four names in capitals are WireMock's. */
export type Fault = {
  /** Milliseconds of the tenant's time before anything is sent. Two numbers are a range. */
  readonly delayMs?: number | readonly [min: number, max: number];
} & (
  | { readonly kind: "delay" }
  | ({ readonly kind: "refusal"; readonly refusal: Refusal["kind"] } & Instead)
  | ({
      readonly kind: "status";
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      /** A string is sent as it is, any other value as JSON. */
      readonly body?: unknown;
    } & Instead)
  | ({ readonly kind: "html-page"; readonly status?: number } & Instead)
  | ({ readonly kind: "redirect"; readonly status?: number } & Instead)
  | { readonly kind: "slow-body"; readonly overMs: number }
  | { readonly kind: "truncated-body" }
  | { readonly kind: "broken-json" }
  | { readonly kind: "broken-gzip" }
  | { readonly kind: "wrong-content-type"; readonly contentType?: string }
  | { readonly kind: "unknown-enum"; readonly at?: string }
  | { readonly kind: "extra-fields" }
  | { readonly kind: "type-drift"; readonly at?: string }
  | ({ readonly kind: "CONNECTION_RESET_BY_PEER"; readonly afterBytes?: number } & Hidden)
  | ({ readonly kind: "EMPTY_RESPONSE" } & Hidden)
  | ({ readonly kind: "MALFORMED_RESPONSE_CHUNK" } & Hidden)
  | ({ readonly kind: "RANDOM_DATA_THEN_CLOSE" } & Hidden)
);

/** The client does not see the vendor's reply. */
interface Hidden {
  /** Whether the operation still runs and takes effect. False by default. */
  readonly effect?: boolean;
}

/** The client sees something else in place of the vendor's reply. */
interface Instead extends Hidden {
  readonly retryAfterSeconds?: number;
}

/** Defines which requests fail, and how. A member that is missing matches every call. */
export interface FaultRule {
  /** Generated if it is missing. */
  readonly id?: string;
  readonly vendor?: string;
  readonly operation?: string;
  readonly where?: Where;
  /** The first matching call that the fault applies to; 1 by default. */
  readonly nth?: number;
  /** How many calls it applies to. By default one with `nth`, all without. */
  readonly times?: number;
  /** From 0 to 1: the probability that it applies to a call, drawn from the tenant's seed. */
  readonly probability?: number;
  readonly fault: Fault;
}

interface Kind {
  /** What the client sees. */
  readonly description: string;
  /** Whether the operation takes effect: always, or as the rule's `effect` says. */
  readonly effect: "always" | "as told";
  readonly needs?: readonly string[];
  readonly takes?: readonly string[];
}

const INSTEAD = ["retryAfterSeconds", "effect"];

/** THE table of faults. README and control API print it. */
export const FAULTS: { readonly [Name in Fault["kind"]]: Kind } = {
  delay: {
    description: "the reply is delayed",
    effect: "always",
    needs: ["delayMs"],
  },
  "slow-body": {
    description: "the body arrives in ten pieces over that time",
    effect: "always",
    needs: ["overMs"],
  },
  refusal: {
    description: "the vendor's own error response for that kind of refusal",
    effect: "as told",
    needs: ["refusal"],
    takes: INSTEAD,
  },
  status: {
    description: "any status, headers and body",
    effect: "as told",
    needs: ["status"],
    takes: ["headers", "body", ...INSTEAD],
  },
  "html-page": {
    description: "a gateway's HTML page, with status 502 by default",
    effect: "as told",
    takes: ["status", ...INSTEAD],
  },
  redirect: {
    description:
      "a redirect, 307 by default, to the same path on another host: localhost, or 127.0.0.1 from there",
    effect: "as told",
    takes: ["status", ...INSTEAD],
  },
  "truncated-body": {
    description: "the connection closes after half of the announced body",
    effect: "always",
  },
  "broken-json": {
    description: "the JSON body stops in the middle, and Content-Length matches",
    effect: "always",
  },
  "broken-gzip": {
    description: "the body is declared as gzip, but cannot be decompressed",
    effect: "always",
  },
  "wrong-content-type": {
    description: "the body is correct, but its media type is text/html",
    effect: "always",
    takes: ["contentType"],
  },
  "unknown-enum": {
    description: "an enumerated value is replaced by an unknown one",
    effect: "always",
    takes: ["at"],
  },
  "extra-fields": { description: "every object has an extra field", effect: "always" },
  "type-drift": {
    description: "numbers become strings, and strings of digits become numbers",
    effect: "always",
    takes: ["at"],
  },
  CONNECTION_RESET_BY_PEER: {
    description:
      "the connection is reset: at once, or after that many bytes of the operation's reply",
    effect: "as told",
    takes: ["afterBytes", "effect"],
  },
  EMPTY_RESPONSE: {
    description: "the connection closes before any byte is sent",
    effect: "as told",
    takes: ["effect"],
  },
  MALFORMED_RESPONSE_CHUNK: {
    description: "a 200 whose body is not valid chunked encoding, then the connection closes",
    effect: "as told",
    takes: ["effect"],
  },
  RANDOM_DATA_THEN_CLOSE: {
    description: "bytes that are not HTTP, then the connection closes",
    effect: "as told",
    takes: ["effect"],
  },
};
