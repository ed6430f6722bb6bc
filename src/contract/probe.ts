import { type Basis, type Severity, severityOn } from "../core/basis.ts";
import { monotonic } from "../core/clock.ts";
import type { Finding, Known, Probe } from "../core/contract.ts";
import type { WireForm } from "../core/tenant.ts";
import { type CaseResult, outcomeOf } from "./result.ts";
import { type Reply, send } from "./send-probe.ts";
import { shapeOf } from "./shape.ts";

/** What a vendor's document says of replies. */
export interface Document {
  readonly vendor: string;
  /** The names that its schemas have; no other name is told, since it may be somebody's id. */
  readonly names: ReadonlySet<string>;
  /** How a reply differs from what one wire form has for these causes. Empty if it fits one of them. */
  drifts(probe: Probe, reply: Reply, wire: WireForm): readonly Drift[];
}

/** Where a reply differs from a document. */
export interface Drift {
  /** `status`, `header/content-type`, or a JSON pointer into the body. */
  readonly where: string;
  readonly what: string;
  /** Of what the reply should have been. */
  readonly basis: Basis;
  /** A member that the document does not have: clients must accept it. */
  readonly isAddition?: boolean;
}

export interface ProbeOptions {
  readonly url: string;
  readonly document: Document;
  readonly probes: readonly Probe[];
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly targets: readonly string[];
  readonly now: () => number;
  /** For one reply. */
  readonly limitMs: number;
  readonly failOn: Severity;
  readonly onResult: (result: CaseResult, done: number, all: number) => void;
}

/** Puts probes to a server, one after another: a real one bears few calls a second. Stores shapes, never a value. */
export async function putProbes(options: ProbeOptions): Promise<CaseResult[]> {
  const learnt: Learnt = { told: {}, wire: "document" };
  const results: CaseResult[] = [];
  for (const probe of options.probes) {
    const started = monotonic();
    const rest = await put(probe, learnt, options).catch((error: unknown) => inconclusive(error));
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

/** What earlier replies have shown. */
interface Learnt {
  readonly told: Record<string, string>;
  /** The one that the server spoke where the two differ. */
  wire: WireForm;
}

type Verdict = Pick<CaseResult, "outcome" | "findings" | "wire" | "reason" | "shape">;

const inconclusive = (error: unknown, shape?: unknown): Verdict => ({
  outcome: "inconclusive",
  wire: "document",
  reason: error instanceof Error ? error.message : String(error),
  findings: [],
  ...(shape !== undefined && { shape }),
});

async function put(
  probe: Probe,
  learnt: Learnt,
  { url, document, variables, targets, now, limitMs, failOn }: ProbeOptions,
): Promise<Verdict> {
  const known: Known = { get: finder(variables, learnt.told), targets, now: now() };
  const reply = await send(url, probe.ask(known), limitMs);
  const shape = {
    status: reply.status,
    contentType: reply.contentType,
    body: "value" in reply ? shapeOf(reply.value, document.names) : reply.text && "text",
  };
  if (reply.status === 429) return inconclusive("the server asks for fewer calls (429)", shape);
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
  (variables: ProbeOptions["variables"], told: Readonly<Record<string, string>>): Known["get"] =>
  (name) => {
    const value = told[name] ?? variables[name];
    if (value) return value;
    // Variables are written in capitals.
    const how = /^[A-Z_]+$/.test(name) ? "set it, see fauxdr env" : "no earlier reply told it";
    throw new Error(`${name} is not known: ${how}`);
  };

function findingsOf(
  { id, causes, operation = "(unmatched)" }: Probe,
  { status }: Reply,
  drifts: readonly Drift[],
  vendor: string,
): Finding[] {
  const isLetIn = causes.every((cause) => cause === "unauthenticated") && status < 300;
  return drifts.map(({ where, what, basis, isAddition }) => ({
    vendor,
    severity: severityOn(basis, isAddition ? "info" : "must"),
    basis,
    exchanges: [],
    source: "The vendor's document in specs/, at this operation",
    ...(isLetIn
      ? LET_IN
      : {
          rule: id,
          what: `${operation} ${where}: ${what}`,
          fix: "Where the server is the vendor's, the document in specs/ is wrong; otherwise the server is.",
        }),
  }));
}

/** One rule for all such probes, so that a report says it once. */
const LET_IN: Pick<Finding, "rule" | "what" | "fix"> = {
  rule: "verify.any-credentials",
  what: "the server accepts credentials that nobody was given",
  fix: "Let the server check the credentials of every call: a client with a wrong key works here, and fails with the vendor.",
};
