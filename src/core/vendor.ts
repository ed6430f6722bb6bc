import type { Action } from "./actions/action.ts";
import type { Trigger } from "./actions/trigger.ts";
import type { Contract } from "./contract.ts";
import type { Refusal } from "./errors.ts";
import type { Faker } from "./faker.ts";
import type { Collection } from "./inventory.ts";
import type { Reply } from "./reply.ts";
import type { Scenario } from "./scenario.ts";
import type { SettingsTable } from "./setting.ts";
import type { Table } from "./store.ts";
import type { Tenant } from "./tenant.ts";

/** A request as received: headers by lower-case name, and the raw bytes of the body. */
export interface WireRequest {
  readonly scheme: "http" | "https";
  /** `1.1` or `2.0`, as in Node. */
  readonly httpVersion: string;
  readonly method: string;
  /** Path and query, as sent. */
  readonly url: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
  /** Why `body` is incomplete: over the limit, no room beside other requests, or the client went away. */
  readonly incomplete?: "too-large" | "no-room" | "truncated";
  /** The number of received bytes and their SHA-256 (hexadecimal), if the body is over the limit. */
  readonly received?: number;
  readonly sha256?: string;
}

/** The authenticated caller. */
export interface Principal {
  readonly id: string;
  /** Doubts about valid credentials, for the journal and the contract kit's rules. */
  readonly remarks?: readonly string[];
}

/** An authenticated and validated request, as an operation sees it. */
export interface Call {
  readonly operation: string;
  /**
   * The URL by which the client reached this server, such as `https://127.0.0.1:4621`. For absolute URLs in replies, which
   * few operations have.
   */
  readonly origin: () => string;
  readonly params: Readonly<Record<string, string>>;
  /** The declared query parameters, in the types of the spec. */
  readonly query: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: unknown;
  readonly principal: Principal;
  readonly tenant: Tenant;
}

/** Answers one operationId of the spec: returns a reply or throws a VendorError. */
export type Operation = (call: Call) => Reply | Promise<Reply>;

/**
 * Returns the caller, or throws a VendorError. Runs before the operation is known to exist: `operation` is undefined if
 * the path matches none.
 */
export type Authenticator = (
  request: WireRequest,
  tenant: Tenant,
  operation: string | undefined,
) => Principal | Promise<Principal>;

/** An API that is served from one OpenAPI document. */
export interface Service {
  /** One lower-case word: the name of its folder, also used in the journal. */
  readonly name: string;
  readonly title: string;
  /** The OpenAPI document, as JSON. */
  readonly spec: URL;
  /** By operationId. Must match those of the spec exactly. */
  readonly operations: Readonly<Record<string, Operation>>;
  readonly authenticate: Authenticator;
  /** The error response for a refusal. `operation` is undefined if the request matches none. */
  readonly refuse: (refusal: Refusal, tenant: Tenant, operation: string | undefined) => Reply;
  /** Headers of every reply to an authenticated caller. */
  readonly headers?: (tenant: Tenant) => Readonly<Record<string, string>>;
  /** Writes a reply's JSON value. `JSON.stringify` by default. `operation` is undefined if the request matches none. */
  readonly encode?: (reply: Reply, tenant: Tenant, operation: string | undefined) => string;
  /** Its tenant settings. Some change the form of its replies. */
  readonly settings?: SettingsTable;
}

/** A set of credentials of a tenant. */
export interface Credential {
  /** For example "standard key", or "no licence (402)". */
  readonly purpose: string;
  /** The claims that select this tenant: see `Vendor.claim`. */
  readonly claims: readonly string[];
  /** What a client must send, by the vendor's names. */
  readonly values: Readonly<Record<string, string>>;
  /** The values that the journal must never store or print. */
  readonly secrets: readonly string[];
}

/** What a person who tries a call in a tenant can send now. */
export interface Example {
  /** By the name of a parameter, a header or a member of the body, at any depth. They replace those of the document's sample. */
  readonly values: Readonly<Record<string, unknown>>;
  /** The call that must succeed before this one can, and why. Until then the values are the document's. */
  readonly first?: { readonly operation: string; readonly why: string };
}

/** A vendor that fauxdr stands in for. */
export interface Vendor<Own extends SettingsTable = SettingsTable> extends Service {
  /** The version of the vendor's API that the document describes, as the vendor names it. */
  readonly emulates: string;
  /** The identity that a request claims, unchecked. It selects the tenant. */
  readonly claim: (request: WireRequest) => string | undefined;
  readonly credentials: (tenant: Tenant) => readonly Credential[];
  /** The request headers for a credential. */
  readonly present: (credential: Pick<Credential, "values">) => Readonly<Record<string, string>>;
  /** Fills a new tenant with its inventory. */
  readonly seed: (tenant: Tenant) => void;
  /**
   * Generates that many machines, after `from` earlier ones. Returns a function that puts them into a tenant. The faker
   * is seeded, and its reference date is fixed.
   */
  readonly enlarge: (faker: Faker, machines: number, from: number) => (tenant: Tenant) => void;
  /** The actions, which the control API lists and moves. */
  readonly actions: Table<Action>;
  /** All tables in which it keeps something of a tenant. */
  readonly tables: readonly Table<never>[];
  /** The reserved targets, by id. */
  readonly triggers: ReadonlyMap<string, Trigger>;
  /** The vendor's own scenarios, in addition to those for every vendor. */
  readonly scenarios: readonly Scenario[];
  readonly settings: Own;
  /** By kind: the rows that a test may add. */
  readonly inventory: Readonly<Record<string, Collection>>;
  /** What the contract kit knows about it. */
  readonly contract: Contract;
  /** Values with which a call of this operation works in this tenant. Without it, people try the document's samples. */
  readonly exampleOf?: (operation: string, tenant: Tenant) => Example;
  /** A shell command that makes the vendor's main call to `url`. */
  readonly sample: (url: string, credential: Credential) => string;
}

/** Infers the type of a vendor and its settings. */
export const defineVendor = <const Own extends SettingsTable>(vendor: Vendor<Own>): Vendor<Own> =>
  vendor;
