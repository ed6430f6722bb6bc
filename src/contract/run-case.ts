import { type Severity, severityOn } from "../core/basis.ts";
import { monotonic } from "../core/clock.ts";
import type { ContractCase, Finding } from "../core/contract.ts";
import type { Exchange } from "../core/journal/journal.ts";
import type { WireForm } from "../core/tenant.ts";
import { unaccounted } from "./accounted.ts";
import { type Client, withoutSecrets } from "./client.ts";
import { reportIn } from "./client-report.ts";
import { missingEvidence, unearned } from "./evidence.ts";
import { type Met, missingConnection, takenIn } from "./impostor.ts";
import { judge, ownFaultIn, type VendorRules } from "./judge.ts";
import { leakFindings } from "./leaks.ts";
import type { Ended } from "./process.ts";
import { type Broken, brokenEnd, tellsApart } from "./promises.ts";
import { type CaseResult, outcomeOf } from "./result.ts";
import { unlessStalled, type Watch, watchStalls } from "./stalls.ts";
import type { Target } from "./target.ts";
import { timeless } from "./timeless.ts";
import { fitCase, isWorthALook, type Profile, profileOf } from "./traits.ts";

/** A case in one wire form. */
export interface Trial {
  readonly vendor: VendorRules;
  readonly one: ContractCase;
  readonly wire: WireForm;
}

export interface Circumstances {
  readonly target: Target;
  readonly client: Client;
  /** Time limit of one case. Replaces the case's own limit. */
  readonly limitMs?: number | undefined;
  /** Findings of at least this severity make a case fail. */
  readonly failOn: Severity;
  /** Keeps the calls of controls: most are the same task, and each client does it once. */
  readonly controls?: Map<string, Promise<readonly Exchange[]>>;
}

/** The default time limit of a case, in seconds. */
export const limitOf = ({ limitSeconds = 20 }: ContractCase): number => limitSeconds;

type Rest = Omit<CaseResult, "id" | "title" | "vendor" | "wire" | "durationMs">;

/** Runs one case in its own tenant. An error in the kit itself makes the case inconclusive. */
export async function runCase(
  trial: Trial,
  tenant: string,
  circumstances: Circumstances,
  profile: Profile = {},
  watch: Watch = watchStalls,
): Promise<CaseResult> {
  const started = monotonic();
  const { vendor, one, wire } = trial;
  // The second time, the calls of a control are made again: a stall may have spoilt them.
  const { controls, ...anew } = circumstances;
  const rest = await unlessStalled(
    watch,
    (isSecond) => {
      const given = isSecond ? anew : circumstances;
      return run(trial, isSecond ? `${tenant}-again` : tenant, given, profile).catch(
        (error: unknown): Rest => ({
          ...unseen("inconclusive"),
          reason: error instanceof Error ? error.message : String(error),
        }),
      );
    },
    ({ findings, exchanges }) => timeless(findings, exchanges, vendor),
    circumstances.failOn,
  );
  return {
    id: one.id,
    title: one.title,
    vendor: vendor.name,
    wire,
    ...rest,
    durationMs: Math.round(monotonic() - started),
  };
}

/** The traits of a client: as its author declares, or as its calls in the vendor's first, simplest case show. */
export async function observe(
  vendor: VendorRules,
  circumstances: Circumstances,
  declared: Profile,
): Promise<Profile> {
  const told = { tls: circumstances.target.url.startsWith("https:"), ...declared };
  const [one] = vendor.contract.cases;
  if (!one || !isWorthALook(vendor, told)) return profileOf(vendor, told, []);
  const trial = { vendor, one, wire: "document" } as const;
  // An error here happens again in the case, which reports it.
  const looked = await drive(trial, `look-${vendor.name}`, circumstances).catch(() => undefined);
  return profileOf(vendor, told, looked?.exchanges ?? []);
}

const unseen = (outcome: Rest["outcome"]): Rest => ({
  outcome,
  findings: [],
  exchanges: [],
  output: { stdout: "", stderr: "" },
});

/** How a client ended after a case's task, and the calls that it made. */
interface Driven {
  readonly ended: Ended;
  readonly exchanges: readonly Exchange[];
  readonly met?: Met;
}

async function drive(
  { vendor, one, wire }: Trial,
  tenant: string,
  { target, client, limitMs = 1000 * limitOf(one) }: Circumstances,
): Promise<Driven> {
  const world = await target.createTenant(tenant, { ...one.settings, wire });
  const credentials = world[vendor.name] ?? [];
  const secrets = credentials.flatMap((credential) => credential.secrets);
  const impostor = one.impostor && (await target.impostor?.(one.impostor));
  const { url } = impostor ?? target;
  const environment = {
    ...target.environment,
    ...impostor?.environment,
    ...vendor.contract.environment(url, credentials, one.as),
  };
  const { operation, input } = one;
  const task = { case: one.id, vendor: vendor.name, operation, input, environment };
  const ended = withoutSecrets(await client(task, limitMs, secrets), secrets);
  const met = await impostor?.close();
  return { ended, exchanges: await target.exchanges(tenant), ...(met && { met }) };
}

async function run(
  trial: Trial,
  tenant: string,
  given: Circumstances,
  profile: Profile,
): Promise<Rest> {
  const { vendor } = trial;
  const fitted = fitCase(trial.one, vendor, profile);
  if ("skipped" in fitted) return { ...unseen("skipped"), reason: fitted.skipped };
  const { one } = fitted;
  if (one.impostor && !given.target.impostor) {
    return { ...unseen("skipped"), reason: "only where fauxdr makes the certificate" };
  }
  const own = { ...trial, one };
  const control = one.control && (await controlled(own, one.control, tenant, given));
  const { ended, exchanges, met } = await drive(own, tenant, given);
  if (ended.notStarted !== undefined) {
    throw new Error(`the client could not be started: ${ended.notStarted}`);
  }
  const { stdout, stderr } = ended;
  const report = reportIn(stdout);
  const seen = { ...(report && { report }), exchanges, output: { stdout, stderr } };
  const inconclusive = (reason: string, findings: readonly Finding[] = []): Rest => ({
    outcome: "inconclusive",
    reason,
    findings,
    ...seen,
  });
  const fault = ownFaultIn(exchanges);
  if (fault !== undefined) return inconclusive(`fauxdr itself failed: ${fault}`);
  const dropped = await given.target.dropped(tenant);
  const lacking =
    one.impostor && met
      ? missingConnection(one.impostor, met)
      : missingEvidence(one, vendor.contract, control ?? exchanges);
  const told = tellsApart(one, ended, report);
  // If no call came, that is the only thing to report about the journal.
  const wire = lacking === undefined ? await brokenWire(own, tenant, given.target) : {};
  const targets = unaccounted(one, vendor.contract, exchanges).map((what) => ({
    what,
    fix: "Ask for each target of the task exactly once, and follow each to its end.",
  }));
  const trusted = one.impostor && met ? takenIn(one.impostor, met) : [];
  const end = brokenEnd(one, ended, report);
  // Of two wrong things about the end, the first one says more.
  if (end.length === 0) end.push(...unearned(one, vendor.contract, exchanges, ended, report));
  const broken = [...trusted, ...targets, ...end, ...(wire.broken ?? [])];
  if (told === "untold" && broken.length === 0) broken.push(UNTOLD(one));
  const called = exchanges.length > 0 || control || met ? "" : "it made no calls, and ";
  const findings = [
    ...leakFindings(ended.leaks ?? [], vendor.name),
    ...broken.map(({ what, fix: usual }) => ({
      ...promise(own),
      what: called + what,
      fix: one.fix ?? usual,
    })),
    ...judge(exchanges, [vendor]).filter(({ rule }) => !one.waives?.includes(rule)),
  ];
  if (outcomeOf(findings, given.failOn) === "fail") return { outcome: "fail", findings, ...seen };
  const lost = dropped > 0 ? `the journal dropped ${dropped} calls` : undefined;
  const open = lacking ?? wire.open ?? lost;
  if (open !== undefined) return inconclusive(open, findings);
  if (told !== "silent") return { outcome: "pass", findings, ...seen };
  const reason = "only for a client that reports, or prints which error it got";
  return { outcome: "skipped", reason, findings, ...seen };
}

/** The calls of the client after a case's control. Whether it works does not depend on the wire form. */
function controlled(
  { vendor, one, wire }: Trial,
  input: ContractCase["input"],
  tenant: string,
  given: Circumstances,
): Promise<readonly Exchange[]> {
  const key = JSON.stringify([vendor.name, one.operation, one.as, input]);
  const known = given.controls?.get(key);
  if (known) return known;
  const trial = { vendor, one: { ...one, input }, wire };
  const calls = drive(trial, `${tenant}-control`, given).then(({ exchanges }) => exchanges);
  given.controls?.set(key, calls);
  return calls;
}

const UNTOLD = ({ says }: ContractCase): Broken => ({
  what: `it does not say which error it got: ${says?.status} is neither in its report nor printed, and it gives no reason`,
  fix: 'Put the status of the error into the report\'s "status", or into its "reason".',
});

const promise = ({ vendor, one }: Trial): Omit<Finding, "what" | "fix"> => ({
  rule: one.id,
  vendor: vendor.name,
  severity: severityOn(one.basis, one.severity),
  basis: one.basis,
  source: one.source,
  exchanges: [],
});

/** How the journal differs from the case's expectations, each once, and what it cannot tell. */
async function brokenWire(
  { one }: Trial,
  tenant: string,
  target: Target,
): Promise<{ readonly broken?: readonly Broken[]; readonly open?: string }> {
  const broken = new Set<string>();
  let open: string | undefined;
  for (const expectation of one.wire ?? []) {
    const { verdict, message } = await target.verify(tenant, expectation);
    if (verdict === "failed") broken.add(message);
    if (verdict === "cannot-tell") open ??= message;
  }
  const fix = `Make the calls fit the promise: ${one.title}. --trace shows them.`;
  return {
    broken: [...broken].map((what) => ({ what, fix })),
    ...(open !== undefined && { open }),
  };
}
