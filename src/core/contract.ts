import type { Basis } from "./basis.ts";
import type { Exchange } from "./journal/journal.ts";
import type { Expectation } from "./journal/verify.ts";
import type { Dialect } from "./tenant.ts";

/** `must`: it will not work against the vendor. `should`: it works until something goes wrong. `info`: good to know. */
export type Severity = "must" | "should" | "info";

/** Judges a vendor's exchanges in one tenant, oldest first. */
export interface Rule {
  /** Stable: baselines name it. */
  readonly id: string;
  /** Lowered to what the basis allows. */
  readonly severity: Severity;
  /** Of what the rule asks for. */
  readonly basis: Basis;
  /** What a client does that keeps it. */
  readonly title: string;
  /** One sentence: how to fix a client that breaks it. A flaw may know better. */
  readonly fix: string;
  /** Where it is written, or who was seen to want it. */
  readonly source: string;
  readonly judge: (exchanges: readonly Exchange[]) => readonly Flaw[];
}

/** Where a rule is broken. */
export interface Flaw {
  /** The ids of the exchanges that show it. */
  readonly exchanges: readonly number[];
  /** What is wrong there, to be read after the place. */
  readonly what: string;
  /** Where they are not those of the rule. */
  readonly basis?: Basis;
  readonly source?: string;
  readonly fix?: string;
}

/** What a rule or a case says is wrong. */
export interface Finding
  extends Pick<Flaw, "exchanges" | "what">,
    Pick<Rule, "severity" | "basis" | "fix" | "source"> {
  /** The id of the rule or of the case's promise. */
  readonly rule: string;
  readonly vendor: string;
}

/** What a client says became of its task. */
export const OUTCOMES = ["accepted", "completed", "partial", "refused", "failed"] as const;

/**
 * `accepted`: it was queued. `completed`: it ended well everywhere. `partial`: on some machines only. `refused`: the
 * vendor said no. `failed`: anything else, such as an action that failed or a connection that broke.
 */
export type ClientOutcome = (typeof OUTCOMES)[number];

/** One promise of a client: what it is told to do, in which world, and how it then behaves. */
export interface ContractCase {
  /** Stable: `vendor.topic.promise`. */
  readonly id: string;
  readonly title: string;
  /** Of what it promises. */
  readonly basis: Basis;
  readonly source: string;
  /** Lowered to what the basis allows. */
  readonly severity: Severity;
  readonly dialects: readonly Dialect[];
  /** The operationId of the call that the client is to make; the client's name for it is its own business. */
  readonly operation: string;
  /** What it is to do, as JSON: the vendor's contract says which members there are. */
  readonly input: Readonly<Record<string, unknown>>;
  /** The purpose of the credentials that it gets; the vendor's ordinary ones otherwise. */
  readonly as?: string;
  /** Settings of the tenant in which it runs; fault rules are one of them. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Any of these is right. */
  readonly outcomes: readonly ClientOutcome[];
  /** What the client should say of it, where it says anything: `reason`, `status`. */
  readonly says?: { readonly reason?: string; readonly status?: number };
  /**
   * The client must tell the status of `says`: in its report, or as a number in what it prints. One that does not has
   * not told this refusal from others.
   */
  readonly mustTell?: true;
  /** What the journal shows afterwards. */
  readonly wire?: readonly Expectation[];
  /** Each is named once in all the calls that the vendor took on together, and nothing else is. */
  readonly targets?: readonly string[];
  /** Rules that do not count here, because the case makes a client break them. */
  readonly waives?: readonly string[];
  /** One sentence: how to fix a client that breaks the promise. */
  readonly fix?: string;
  /**
   * The calls without which nothing was seen, and so nothing passes: how many at least, by operationId. An operation
   * stands for those that do the same (`Contract.sameAs`). One call of `operation` by default.
   */
  readonly evidence?: Readonly<Record<string, number>>;
  /**
   * For a case in which a right client sends nothing: an input that it is given first, in a tenant of its own. The calls
   * that `evidence` wants are then looked for there, so that silence afterwards means something.
   */
  readonly control?: Readonly<Record<string, unknown>>;
  /** Traits that a client must have, by id, or must not have, with `!` before the id. Others skip the case. */
  readonly needs?: readonly string[];
  /** What is different for a client with a trait, by the trait's id. */
  readonly variants?: Readonly<Record<string, CaseVariant>>;
}

/** The members of a case that may differ between clients that are both right. */
export type CaseVariant = Partial<
  Pick<ContractCase, "as" | "settings" | "outcomes" | "wire" | "waives" | "evidence">
>;

/**
 * A way in which clients lawfully differ. The kit itself knows the trait `tls`: the client is given an https URL.
 */
export interface Trait {
  /** A verb, to be read after "the client": `signs`, `waits`. */
  readonly id: string;
  /** What a client that has it does; the reason why another one skips a case is made of it. */
  readonly title: string;
  /** Whether a client has it that does not say, and whose calls do not show it. */
  readonly usual: boolean;
  /** Whether a client's calls show it; nothing where they do not tell. */
  readonly seenIn?: (exchanges: readonly Exchange[]) => boolean | undefined;
  /** The purpose of the credentials that a client with it gets, where a case names none. */
  readonly as?: string;
}

/**
 * A question to a server that is to behave as the vendor does: a request, and why a reply comes. Which status and body
 * that reply has, and how sure it is, stands in the vendor's document.
 */
export interface Probe {
  /** Stable: `vendor.probe.promise`. */
  readonly id: string;
  readonly title: string;
  /** An operationId; nothing where the request comes to no operation. */
  readonly operation?: string;
  /** Any of these causes is right: `ok`, or the kind of a refusal. */
  readonly causes: readonly string[];
  /** It does something to the machines that were named for it. */
  readonly destructive?: true;
  /** Environment variables without which it is left out: credentials that not everybody has. */
  readonly wants?: readonly string[];
  /** Throws a KitError that says what is missing. */
  readonly ask: (known: Known) => ProbeRequest;
  /** What the reply tells for the probes after it, by name. */
  readonly tells?: (value: unknown) => Readonly<Record<string, string>>;
}

export interface ProbeRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What a probe can put into its request. */
export interface Known {
  /** A variable of the environment, or what an earlier probe was told. A KitError names one that is not there. */
  readonly get: (name: string) => string;
  /** The ids of the machines to which something may be done. */
  readonly targets: readonly string[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** A set of credentials, by what it is for and by the vendor's names for its parts. */
export interface GivenCredential {
  readonly purpose: string;
  readonly values: Readonly<Record<string, string>>;
  /** Those of `values` that no report may show. */
  readonly secrets: readonly string[];
}

/** What the kit knows of a vendor. */
export interface Contract {
  /** Operations that do something to machines: sent twice, they do it twice. */
  readonly destructive: readonly string[];
  /** Operations that give out a token. */
  readonly logins: readonly string[];
  /** What a reply tells of an action's progress; nothing where it tells nothing. */
  readonly progressOf: (exchange: Exchange) => Progress | undefined;
  /** The id of the action that a reply says was created. */
  readonly createdBy: (exchange: Exchange) => string | undefined;
  /** What a call that acts on machines is about; nothing for other calls, and where the request does not tell. */
  readonly aimOf?: (exchange: Exchange) => Aim | undefined;
  /** Operations that do the same, by different paths: a case takes each for any other of its group. */
  readonly sameAs?: readonly (readonly string[])[];
  /** How clients of this vendor lawfully differ. */
  readonly traits?: readonly Trait[];
  /** Beside those that hold for every vendor. */
  readonly rules: readonly Rule[];
  readonly cases: readonly ContractCase[];
  /** In the order in which they are put: one may need what another one is told. */
  readonly probes: readonly Probe[];
  /** What a client finds in its environment: base URL and credentials, for the purpose asked for. */
  readonly environment: (
    url: string,
    credentials: readonly GivenCredential[],
    purpose: string | undefined,
  ) => Readonly<Record<string, string>>;
}

/** What a call does, and to which machines. */
export interface Aim {
  /** Equal for calls that do the same: the batches of one task. */
  readonly subject: string;
  /** As the request names them. */
  readonly targets: readonly string[];
}

export interface Progress {
  readonly action: string;
  /** Nothing more will happen to it. */
  readonly ended: boolean;
}
