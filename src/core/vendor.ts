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
import type { Dialect, Tenant } from "./tenant.ts";

/** A request as it came: headers by lower-case name, the body as bytes, nothing looked into. */
export interface WireRequest {
  readonly scheme: "http" | "https";
  /** As Node writes it: `1.1`, `2.0`. */
  readonly httpVersion: string;
  readonly method: string;
  /** Path and query as sent. */
  readonly url: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
  /** Why `body` is not all of it: over the limit, or the client went away. */
  readonly incomplete?: "too-large" | "truncated";
  /** How many bytes came, where they are too many to keep, and their SHA-256 in hexadecimal digits. */
  readonly received?: number;
  readonly sha256?: string;
}

/** Who calls, once the credentials have been found good. */
export interface Principal {
  readonly id: string;
  /** What is doubtful about credentials that are good; for the journal, and for the contract kit's rules. */
  readonly remarks?: readonly string[];
}

/** A request that was let in and fits the spec, as an operation sees it. */
export interface Call {
  readonly operation: string;
  /** Where the client found this server, `https://127.0.0.1:4621`: how an absolute URL in a reply begins. */
  readonly origin: string;
  readonly params: Readonly<Record<string, string>>;
  /** The declared query parameters, in the types the spec gives them. */
  readonly query: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: unknown;
  readonly principal: Principal;
  readonly tenant: Tenant;
}

/** Answers one operationId of the spec: returns a reply or throws a VendorError. Never sees a socket. */
export type Operation = (call: Call) => Reply | Promise<Reply>;

/**
 * Says who calls, or throws the VendorError that keeps them out. Asked before routing: `operation` is undefined where
 * the path names none.
 */
export type Authenticator = (
  request: WireRequest,
  tenant: Tenant,
  operation: string | undefined,
) => Principal | Promise<Principal>;

/** What is served from one OpenAPI document. */
export interface Service {
  /** One lower-case word: its folder's name, and its name in the journal. */
  readonly name: string;
  readonly title: string;
  /** The OpenAPI document, as JSON. */
  readonly spec: URL;
  /** By operationId; exactly those of the spec. */
  readonly operations: Readonly<Record<string, Operation>>;
  readonly authenticate: Authenticator;
  /** Puts a refusal on the wire: of the operation, where the request came to one. */
  readonly refuse: (refusal: Refusal, tenant: Tenant, operation: string | undefined) => Reply;
  /** Sent with every reply to a caller who was let in. */
  readonly headers?: (tenant: Tenant) => Readonly<Record<string, string>>;
  /** How a reply's JSON value is written, where it is not as `JSON.stringify` does. */
  readonly encode?: (reply: Reply, dialect: Dialect) => string;
}

/** A set of credentials that a tenant owns. */
export interface Credential {
  /** What it is for: "standard key", "no licence (402)". */
  readonly purpose: string;
  /** What a request shows to name this tenant: see `Vendor.claim`. */
  readonly claims: readonly string[];
  /** What to send, by the vendor's names for it. */
  readonly values: Readonly<Record<string, string>>;
  /** Those of `values` that must never be stored or printed by a journal. */
  readonly secrets: readonly string[];
}

/** A vendor that fauxdr stands in for. */
export interface Vendor<Own extends SettingsTable = SettingsTable> extends Service {
  /** Which version of its API the document describes: a word that the vendor prints. */
  readonly emulates: string;
  /** What a request claims to be, before anybody checked it; it finds the tenant. */
  readonly claim: (request: WireRequest) => string | undefined;
  readonly credentials: (tenant: Tenant) => readonly Credential[];
  /** The headers that show a credential. */
  readonly present: (credential: Pick<Credential, "values">) => Readonly<Record<string, string>>;
  /** Fills a new tenant with its inventory. */
  readonly seed: (tenant: Tenant) => void;
  /** Makes up so many more machines. The faker is seeded, and stands at a fixed date. */
  readonly enlarge: (tenant: Tenant, faker: Faker, machines: number) => void;
  /** What was asked of machines; the control API shows it and moves it. */
  readonly actions: Table<Action>;
  /** The reserved targets, by the id that a client aims at. */
  readonly triggers: ReadonlyMap<string, Trigger>;
  /** The states that a tenant can start in, beside those that are the same for every vendor. */
  readonly scenarios: readonly Scenario[];
  /** The settings that it adds to those of every tenant. */
  readonly settings: Own;
  /** By kind: the rows that a test may add. */
  readonly inventory: Readonly<Record<string, Collection>>;
  /** What the contract kit knows of it. */
  readonly contract: Contract;
  /** A shell command that shows the vendor's main call against `url`, ready to be pasted. */
  readonly sample: (url: string, credential: Credential) => string;
}

/** Gives a vendor its type; a vendor's `vendor.ts` is its table of contents. */
export const defineVendor = <const Own extends SettingsTable>(vendor: Vendor<Own>): Vendor<Own> =>
  vendor;
