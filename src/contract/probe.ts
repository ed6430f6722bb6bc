import { type Basis, type Severity, severityOn } from "../core/basis.ts";
import { monotonic } from "../core/clock.ts";
import type { Finding, Probe, ProbeValues } from "../core/contract.ts";
import type { WireForm } from "../core/tenant.ts";
import { type CaseResult, outcomeOf } from "./result.ts";
import { type ProbeReply, sendProbe } from "./send-probe.ts";
import { shapeOf } from "./shape.ts";

/** Compares replies with a vendor's document. */
export interface DocumentCheck {
  readonly vendor: string;
  /** The names in its schemas. Reports show no other names, because they may be ids. */
  readonly names: ReadonlySet<string>;
  /** How a reply differs from what one wire form has for these causes. Empty if it fits one of them. */
  drifts(probe: Probe, reply: ProbeReply, wire: WireForm): readonly ProbeDrift[];
}

/** Where a reply differs from a document. */
export interface ProbeDrift {
  /** `status`, `header/content-type`, or a JSON pointer into the body. */
  readonly where: string;
  readonly what: string;
  /** The basis of the expected value. */
  readonly basis: Basis;
  /** A member that the document does not have: clients must accept it. */
  readonly isAddition?: boolean;
}

export interface ProbeOptions {
  readonly url: string;
  readonly document: DocumentCheck;
  readonly probes: readonly Probe[];
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly targets: readonly string[];
  readonly now: () => number;
  /** For one reply. */
  readonly limitMs: number;
  readonly failOn: Severity;
  readonly onResult: (result: CaseResult, done: number, all: number) => void;
}

/** Sends probes one after another, because real servers limit calls per second. Keeps shapes of replies, never values. */
export async function runProbes(options: ProbeOptions): Promise<CaseResult[]> {
  const learnt: Learnt = { told: {}, wire: "document" };
  const results: CaseResult[] = [];
  for (const probe of options.probes) {
    const started = monotonic();
    const rest = await runProbe(probe, learnt, options).catch((error: unknown) =>
      inconclusive(error),
    );
    const { document, onResult, probes } = options;
    const { id, title } = probe;
    const durationMs = Math.round(monotonic() - started);
    const common = { id, title, vendor: document.vendor, exchanges: [], durationMs };
    const result: CaseResult = { ...common, output: { stdout: "", stderr: "" }, ...rest };
    results.push(result);
    onResult(result, results.length, probes.length);
  }
  return results;
}

/** What earlier replies showed. */
interface Learnt {
  readonly told: Record<string, string>;
  /** The server's wire form at the last reply for which the two differ. */
  wire: WireForm;
}

type ProbeResult = Pick<CaseResult, "outcome" | "findings" | "wire" | "reason" | "shape">;

const inconclusive = (error: unknown, shape?: unknown): ProbeResult => ({
  outcome: "inconclusive",
  wire: "document",
  reason: error instanceof Error ? error.message : String(error),
  findings: [],
  ...(shape !== undefined && { shape }),
});

async function runProbe(
  probe: Probe,
  learnt: Learnt,
  { url, document, variables, targets, now, limitMs, failOn }: ProbeOptions,
): Promise<ProbeResult> {
  const known: ProbeValues = { get: finder(variables, learnt.told), targets, now: now() };
  const reply = await sendProbe(url, probe.ask(known), limitMs);
  const shape = {
    status: reply.status,
    contentType: reply.contentType,
    body: "value" in reply ? shapeOf(reply.value, document.names) : reply.text && "text",
  };
  if (reply.status === 429) return inconclusive("the server limits calls (429)", shape);
  const found = {
    document: document.drifts(probe, reply, "document"),
    recorded: document.drifts(probe, reply, "recorded"),
  };
  const isFitting = (wire: WireForm): boolean => found[wire].every(({ isAddition }) => isAddition);
  if (isFitting("document") !== isFitting("recorded")) {
    learnt.wire = isFitting("document") ? "document" : "recorded";
  }
  const { wire } = learnt;
  if (isFitting(wire)) Object.assign(learnt.told, probe.tells?.(reply.value ?? reply.text));
  const findings = findingsOf(probe, reply, found[wire], document.vendor);
  return { outcome: outcomeOf(findings, failOn), wire, findings, shape };
}

const finder =
  (
    variables: ProbeOptions["variables"],
    told: Readonly<Record<string, string>>,
  ): ProbeValues["get"] =>
  (name) => {
    const value = told[name] ?? variables[name];
    if (value) return value;
    // Only variables have names in capitals.
    const how = /^[A-Z_]+$/.test(name) ? "set it, see fauxdr env" : "no earlier reply contained it";
    throw new Error(`${name} is not known: ${how}`);
  };

function findingsOf(
  { id, causes, operation = "(unmatched)" }: Probe,
  { status }: ProbeReply,
  drifts: readonly ProbeDrift[],
  vendor: string,
): Finding[] {
  const acceptsAnyone = causes.every((cause) => cause === "unauthenticated") && status < 300;
  return drifts.map(({ where, what, basis, isAddition }) => ({
    vendor,
    severity: severityOn(basis, isAddition ? "info" : "must"),
    basis,
    exchanges: [],
    source: "The vendor's document in specs/, at this operation",
    ...(acceptsAnyone
      ? ACCEPTS_ANYONE
      : {
          rule: id,
          what: `${operation} ${where}: ${what}`,
          fix: "If this is the vendor's own server, the document in specs/ is wrong; otherwise the server is.",
        }),
  }));
}

/** One rule for all such probes, so that a report says it once. */
const ACCEPTS_ANYONE: Pick<Finding, "rule" | "what" | "fix"> = {
  rule: "verify.any-credentials",
  what: "the server accepts invalid credentials",
  fix: "Make the server check the credentials of every call: a client with a wrong key works here, but fails with the vendor.",
};
