import type { Basis, Severity } from "./basis.ts";
import type { Exchange } from "./journal/journal.ts";
import type { Expectation } from "./journal/verify.ts";
import type { WireForm } from "./tenant.ts";

/** Judges a vendor's exchanges in one tenant, oldest first. */
export interface Rule {
  /** Stable: baselines name it. */
  readonly id: string;
  /** Lowered to what the basis allows. */
  readonly severity: Severity;
  /** How sure it is that the vendor wants this. */
  readonly basis: Basis;
  /** What a correct client does. */
  readonly title: string;
  /** One sentence: how to fix a client that breaks it. A flaw can replace it. */
  readonly fix: string;
  /** Where it is written, or what was seen to need it. */
  readonly source: string;
  readonly judge: Judge;
}

/** Finds flaws in exchanges. `pieces` does the same in pieces, for rules that parse bodies. */
export type Judge = ((exchanges: readonly Exchange[]) => readonly Flaw[]) & {
  readonly pieces?: (exchanges: readonly Exchange[]) => Iterable<unknown, readonly Flaw[]>;
};

/** Where a rule is broken. */
export interface Flaw {
  /** The ids of the exchanges that show it. */
  readonly exchanges: readonly number[];
  /** What is wrong. Printed after the place. */
  readonly what: string;
  /** These three replace those of the rule. */
  readonly basis?: Basis;
  readonly source?: string;
  readonly fix?: string;
}

/** A mistake of a client that a rule or a case found. */
export interface Finding
  extends Pick<Flaw, "exchanges" | "what">,
    Pick<Rule, "severity" | "basis" | "fix" | "source"> {
  /** The id of the rule or of the case's promise. */
  readonly rule: string;
  readonly vendor: string;
}

/** The outcomes that a client can report. */
export const OUTCOMES = ["accepted", "completed", "partial", "refused", "failed"] as const;

/**
 * `accepted`: the task was queued. `completed`: it succeeded on all machines. `partial`: on some machines only.
 * `refused`: the vendor rejected it. `failed`: anything else, such as a failed action or a broken connection.
 */
export type ClientOutcome = (typeof OUTCOMES)[number];

/** One promise that a client must keep: its task, the tenant's settings, and the expected behaviour. */
export interface ContractCase {
  /** Stable: `vendor.topic.promise`. */
  readonly id: string;
  readonly title: string;
  /** How sure it is that the vendor wants this. */
  readonly basis: Basis;
  readonly source: string;
  /** Lowered to what the basis allows. */
  readonly severity: Severity;
  readonly wireForms: readonly WireForm[];
  /** The operationId of the call that the client must make. */
  readonly operation: string;
  /** The task, as JSON. The vendor's contract defines its members. */
  readonly input: Readonly<Record<string, unknown>>;
  /** The purpose of the credentials that the client gets. Without it, the vendor's ordinary ones. */
  readonly as?: string;
  /** Settings of the tenant, including fault rules. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /**
   * The client gets the URL of another server in place of the vendor's, with a certificate that it must refuse: of a CA
   * that it does not know, for another name, or of an unknown CA after a first reply under a right certificate.
   */
  readonly impostor?: "unknown-ca" | "wrong-name" | "unknown-ca-later";
  /** Any of these is correct. */
  readonly outcomes: readonly ClientOutcome[];
  /** The reason and status that the client should report, if it reports any. */
  readonly says?: { readonly reason?: string; readonly status?: number };
  /**
   * The client must report the status of `says` or a reason, in its report or in its output. Otherwise it does not show
   * that it can tell this refusal from others.
   */
  readonly mustTell?: true;
  /** What the journal must show afterwards. */
  readonly wire?: readonly Expectation[];
  /** The accepted calls together must name each of these once, and nothing else. */
  readonly targets?: readonly string[];
  /** Rules that do not count here, because the case makes the client break them. */
  readonly waives?: readonly string[];
  /** One sentence: how to fix a client that breaks the promise. */
  readonly fix?: string;
  /**
   * The least number of calls, by operationId, without which the case is inconclusive. Equivalent operations
   * (`Contract.sameAs`) count as well. One call of `operation` by default.
   */
  readonly evidence?: Readonly<Record<string, number>>;
  /**
   * For a case in which a correct client sends nothing: an input that the client gets first, in a separate tenant. The
   * calls of `evidence` must appear there. This shows that the client works, so that its silence means something.
   */
  readonly control?: Readonly<Record<string, unknown>>;
  /** The case's time limit, unless the user sets one; 20 by default. The client must end before that. */
  readonly limitSeconds?: number;
  /** Ids of traits that the client must have, or must not have with `!` before the id. Other clients skip the case. */
  readonly needs?: readonly string[];
  /** What differs for clients with a trait, by the trait's id. */
  readonly variants?: Readonly<Record<string, CaseVariant>>;
}

/** The members of a case that may differ between correct clients. */
export type CaseVariant = Partial<
  Pick<ContractCase, "as" | "settings" | "outcomes" | "wire" | "waives" | "evidence">
>;

/**
 * A property that correct clients may or may not have. The kit itself knows the trait `tls`: the client gets an https
 * URL.
 */
export interface Trait {
  /** A verb that fits after "the client": `signs`, `waits`. */
  readonly id: string;
  /** What a client with the trait does. Also printed as the reason why another client skips a case. */
  readonly title: string;
  /** Whether a client is taken to have it if neither the client nor its calls say. */
  readonly usual: boolean;
  /** Whether the client's calls show the trait. Undefined if they do not tell. */
  readonly seenIn?: (exchanges: readonly Exchange[]) => boolean | undefined;
  /** The purpose of the credentials for a client with the trait, if the case names none. */
  readonly as?: string;
}

/**
 * A request to a server that claims to behave as the vendor does, and the expected cause of the reply. The vendor's
 * document has the status and body for that cause, and their basis.
 */
export interface Probe {
  /** Stable: `vendor.probe.promise`. */
  readonly id: string;
  readonly title: string;
  /** An operationId. Undefined if the request matches no operation. */
  readonly operation?: string;
  /** Any of these causes is correct: `ok`, or the kind of a refusal. */
  readonly causes: readonly string[];
  /** It acts on the machines that the user named. */
  readonly destructive?: true;
  /** Environment variables for credentials that not every user has. Without them the probe is skipped. */
  readonly wants?: readonly string[];
  /** Throws a KitError that says what is missing. */
  readonly ask: (known: ProbeValues) => ProbeRequest;
  /** Values from the reply that later probes use, by name. */
  readonly tells?: (value: unknown) => Readonly<Record<string, string>>;
}

export interface ProbeRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Values that a probe can put into its request. */
export interface ProbeValues {
  /** An environment variable, or a value from an earlier probe. Throws a KitError if it is missing. */
  readonly get: (name: string) => string;
  /** The ids of the machines that the probe may act on. */
  readonly targets: readonly string[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** A set of credentials: its purpose, and its values by the vendor's names. */
export interface GivenCredential {
  readonly purpose: string;
  readonly values: Readonly<Record<string, string>>;
  /** The values that no report may show. */
  readonly secrets: readonly string[];
}

/** What the kit knows about a vendor. */
export interface Contract {
  /** Operations that act on machines. Sent twice, they act twice. */
  readonly destructive: readonly string[];
  /** Operations that change something but no machine. They do not reach a real server. */
  readonly changing?: readonly string[];
  /** Operations that return a token. */
  readonly logins: readonly string[];
  /** What a reply says about an action's progress. Undefined if it says nothing. */
  readonly progressOf: (exchange: Exchange) => ActionProgress | undefined;
  /** The id of the action that the reply reports as created. */
  readonly createdBy: (exchange: Exchange) => string | undefined;
  /** What a call does to which machines. Undefined for other calls, and if the request does not say. */
  readonly aimOf?: (exchange: Exchange) => Aim | undefined;
  /** Groups of operations that do the same by different paths. A case accepts any operation of the group. */
  readonly sameAs?: readonly (readonly string[])[];
  /** How correct clients of this vendor may differ. */
  readonly traits?: readonly Trait[];
  /** In addition to the rules for every vendor. */
  readonly rules: readonly Rule[];
  readonly cases: readonly ContractCase[];
  /** In the order in which they run: a probe may use values of earlier ones. */
  readonly probes: readonly Probe[];
  /** The environment variables for a client: base URL, and credentials for the given purpose. */
  readonly environment: (
    url: string,
    credentials: readonly GivenCredential[],
    purpose: string | undefined,
  ) => Readonly<Record<string, string>>;
}

/** What a call does, and to which machines. */
export interface Aim {
  /** Equal for calls that do the same, such as the batches of one task. */
  readonly subject: string;
  /** Ids of machines, as in the request. */
  readonly targets: readonly string[];
}

/** What a status reply says about an action. */
export interface ActionProgress {
  /** The action's id. */
  readonly action: string;
  /** The action is in a final state. */
  readonly ended: boolean;
}

/** What one tenant's journal holds now. */
export interface Journaled {
  readonly tenant: string;
  readonly exchanges: readonly Exchange[];
  /** How many exchanges it has dropped. */
  readonly dropped: number;
}

/** Whether the clients of a running mock passed. */
export interface RunningVerdict {
  readonly verdict: "passed" | "failed" | "inconclusive";
  /** Why it is not `passed`, in one sentence. */
  readonly reason?: string;
  /** How many exchanges were judged. */
  readonly requests: number;
  readonly findings: readonly (Finding & { readonly tenant: string })[];
}
