import type { ContractCase } from "../../../core/contract.ts";
import type { Fault, FaultRule } from "../../../core/faults/fault.ts";
import type { Expectation, Pattern } from "../../../core/journal/verify.ts";

/** A client's task: the members of FAUXDR_INPUT for the operation quarantineHost. */
export interface Input {
  /** The agents on the hosts. */
  readonly agentIds: readonly string[];
  readonly action: "QUARANTINE_HOST" | "UNQUARANTINE_HOST";
  readonly comment: string;
  /** The requester. The vendor requires both. If they are missing, the client uses its own. */
  readonly user?: string;
  readonly userId?: string;
  /** The paths to use: without a version, or those of version 1. */
  readonly version: "none" | "v1";
  /** False: send the call and report `accepted`. True: poll until the action ends. */
  readonly wait: boolean;
  /** Seconds between two polls. */
  readonly pollSeconds: number;
  /** Seconds for the whole task, after which to stop and report `failed`. */
  readonly giveUpSeconds: number;
}

/** Reserved agents, by the outcome of an action on them. */
export const AGENTS = {
  completes: "facade00-0000-4000-8000-000000000001",
  fails: "facade00-0000-4000-8000-000000000002",
  staysQueued: "facade00-0000-4000-8000-000000000007",
  stuck: "facade00-0000-4000-8000-000000000008",
  badRequest: "facade00-0000-4000-8000-000000000400",
  unauthorized: "facade00-0000-4000-8000-000000000401",
  failure: "facade00-0000-4000-8000-000000000500",
} as const;

/** Agents of the inventory, by the names of their hosts. */
export const HOSTS = {
  laptop: "9589ad4e-670a-460a-8d69-43184b3df1a7",
  desktop: "d966e68f-5b42-4e44-a911-739fe1d0d0b3",
  kioskOld: "59e53117-07c4-44ef-a1dc-e5ad9752f0d8",
  edgeCase: "4f084161-a5cc-4ace-a8e4-0358d9cc1e77",
  branch: "db3559db-bffa-4cf8-af2b-c5d76eba6729",
  build1: "9b37c024-3498-425a-aa42-929723ac5cd5",
  build2: "6a767796-1ecb-4e81-a2d9-c020da92f6ae",
  legacy: "d0e0312c-03ef-4b31-afe4-b99105906070",
  replica: "9801c535-7a64-442d-aa1a-b6ae3a2f310b",
  ipv6: "2e017619-4992-44ed-a1c0-95712c4b86da",
  designMac: "a670238c-ea9f-4ebb-a89a-f657a59720ca",
  travelMac: "f5946dee-7df2-4ca2-a554-94ed2571276f",
} as const;

/** The sources of the promises. */
export const SOURCES = {
  quarantine: "Qualys EDR API, Perform Quarantine/UnQuarantine Host Action on Asset",
  details: "Qualys EDR API, Fetch Remediation Event Details",
  signIn: "Qualys API gateway, Fetch Authentication Token",
  rates: "Qualys API gateway, API Rate Limits (printed for other modules)",
  errors:
    "RFC 9110, section 15: the class of a status is its meaning; EDR's own error bodies are not public",
  clients: "published clients of the gateway",
  http: "RFC 9110, section 9.2.2: a lost reply says nothing of the effect, and POST is not idempotent",
} as const;

export type Given = Omit<ContractCase, "severity" | "basis" | "wireForms" | "operation" | "input"> &
  Partial<Pick<ContractCase, "severity" | "basis">> & {
    /** Undefined members are left out. */
    readonly input?: { readonly [Name in keyof Input]?: Input[Name] | undefined };
  };

/** A case of the quarantine call, with defaults for missing members. */
export const quarantineCase = ({
  input,
  settings,
  severity = "must",
  basis = "documented",
  ...rest
}: Given): ContractCase => ({
  ...rest,
  severity,
  basis,
  // Both wire forms have the same replies to these calls.
  wireForms: ["document"],
  operation: "quarantineHost",
  settings: { progress: "polls", ...settings },
  input: { ...PLAIN, ...input },
  // A client that gives up early may have polled only once or twice.
  ...(input?.giveUpSeconds !== undefined && {
    waives: [...(rest.waives ?? []), "poll.left-early"],
  }),
  ...(input?.wait === true && { needs: [...(rest.needs ?? []), "waits"] }),
});

const PLAIN: Input = {
  agentIds: [AGENTS.completes],
  action: "QUARANTINE_HOST",
  comment: "Ransomware on this host",
  user: "Jane Doe",
  userId: "jdoe",
  version: "v1",
  wait: false,
  pollSeconds: 0.12,
  giveUpSeconds: 8,
};

/** For an action that never ends. */
export const SOON = { wait: true, giveUpSeconds: 0.8 } as const;

/** The quarantine call, by its body, because the client may use any of its four paths. */
export const SENT = { "/assetActionParameter": { exists: true } } as const;

/** Expects that many quarantine calls. */
export const sends = (count: Pick<Expectation, "times" | "atLeast" | "atMost">): Expectation => ({
  where: SENT,
  ...count,
});

/** Expects that many accepted quarantine calls. */
export const accepted = (times: number): Expectation => ({ where: SENT, status: 200, times });

/** Expects exactly one call that names this agent. */
export const onceFor = (agentId: string): Expectation => ({
  where: { "/assetActionParameter/assetActions/*/agentId": agentId },
  times: 1,
});

/** The status call on the paths of version 1. */
export const POLL: { readonly operation: string } = { operation: "getRemediationV1" };

export const polls = (
  count: Pick<Expectation, "times" | "atLeast" | "atMost"> & Pick<Pattern, "status">,
): Expectation => ({ ...POLL, ...count });

/** A successful login. */
export const LOGIN: Pattern & { readonly operation: string } = { operation: "login", status: 201 };

export const logins = (count: Pick<Expectation, "times" | "atLeast" | "atMost">): Expectation => ({
  operation: "login",
  ...count,
});

type When = Pick<FaultRule, "nth" | "times">;

/** A fault on quarantine calls. */
export const onSend = (fault: Fault, when: When = {}): FaultRule => ({
  where: SENT,
  ...when,
  fault,
});

/** A fault on status calls. */
export const onPoll = (fault: Fault, when: When = {}): FaultRule => ({
  ...POLL,
  ...when,
  fault,
});

export const onLogin = (fault: Fault, when: When = {}): FaultRule => ({
  operation: "login",
  ...when,
  fault,
});
