import { createHash } from "node:crypto";
import { isoTime, monotonic } from "../core/clock.ts";
import type { Exchange, StoredBody } from "../core/journal.ts";
import { type Redactor, redactor, redactTexts } from "../core/redact.ts";
import type { Tenant } from "../core/tenant.ts";
import type { Vendor, WireRequest } from "../core/vendor.ts";
import type { Outcome } from "./answer.ts";
import type { Feed } from "./feed.ts";
import type { Wire } from "./send.ts";

/** Notes how far one exchange has come; its tenant's journal has it with every credential taken out. */
export interface Recording {
  received(request: WireRequest): void;
  /** What is to be answered, where a delay comes first. */
  decided(outcome: Outcome): void;
  /** What is handed to the connection; nothing where nobody is left to read it. */
  replied(outcome: Outcome, wire: Wire | undefined): void;
  closed(aborted: boolean): void;
}

export interface Recorder {
  /** With the whole request, or with its head alone. */
  begin(
    tenant: Tenant,
    vendor: Vendor | undefined,
    request: WireRequest,
    started: number,
  ): Recording;
  /**
   * Bytes that were no HTTP request belong to nobody: they go into the given tenant's journal, with the status they got
   * if they got any.
   */
  garbage(tenant: Tenant, status: number | undefined, reason: string): void;
}

export function createRecorder(
  vendors: readonly Vendor[],
  secrets: readonly string[],
  feed: Feed,
): Recorder {
  const redactors = new WeakMap<Tenant, Redactor>();
  const redactorOf = (tenant: Tenant): Redactor => {
    const known = redactors.get(tenant);
    if (known) return known;
    const own = vendors.flatMap((vendor) => vendor.credentials(tenant));
    const fresh = redactor([...secrets, ...own.flatMap((credential) => credential.secrets)]);
    redactors.set(tenant, fresh);
    return fresh;
  };

  return {
    begin: (tenant, vendor, head, started) => {
      const since = (): number => Math.round((monotonic() - started) * 1000) / 1000;
      const progress: Progress = {
        at: isoTime(tenant.clock.now()),
        tenant,
        vendor,
        request: head,
        requestMs: since(),
      };
      const entry = tenant.journal.open((id) => exchangeOf(id, progress, redactorOf(tenant)));
      feed.began(entry.read);
      return {
        received: (request) => {
          progress.request = request;
          progress.requestMs = since();
        },
        decided: (outcome) => {
          progress.outcome = outcome;
        },
        replied: (outcome, wire) => {
          progress.outcome = outcome;
          progress.wire = wire;
          progress.replyMs = since();
        },
        closed: (aborted) => {
          progress.end = { aborted, durationMs: since() };
          feed.ended(entry.close());
        },
      };
    },
    garbage: (tenant, status, reason) => {
      const at = isoTime(tenant.clock.now());
      const entry = tenant.journal.open((id) => ({
        id,
        at,
        tenant: tenant.name,
        request: { scheme: "http", method: "", url: "", headers: {}, body: NOTHING },
        ...(status !== undefined && {
          reply: { status, headers: { connection: "close" }, body: NOTHING, cause: "malformed" },
        }),
        refusal: { kind: "malformed", reason: `no HTTP request: ${reason}` },
        durationMs: 0,
      }));
      feed.ended(entry.close());
    },
  };
}

/** An exchange in its parts, as far as it has come. */
interface Progress {
  readonly at: string;
  readonly tenant: Tenant;
  readonly vendor: Vendor | undefined;
  request: WireRequest;
  requestMs: number;
  outcome?: Outcome;
  wire?: Wire | undefined;
  replyMs?: number;
  end?: { readonly aborted: boolean; readonly durationMs: number };
}

type Writable<Value> = { -readonly [Key in keyof Value]: Value[Key] };

/** Member by member: to put it together by spreading took a tenth of a call's time. */
function exchangeOf(
  id: number,
  { at, tenant, vendor, request, requestMs, outcome, wire, replyMs, end }: Progress,
  known: Redactor,
): Exchange {
  const cap = tenant.settings.journalBodyBytes;
  const { scheme, method, url, headers, body, received, sha256 } = request;
  const text = textOf(body, cap);
  const clean = known.with(known.presented(url, headers, text));
  const exchange: Writable<Exchange> = {
    id,
    at,
    tenant: tenant.name,
    request: {
      scheme,
      method: clean.text(method),
      url: clean.text(url),
      headers: clean.headers(headers),
      body:
        received === undefined || sha256 === undefined
          ? stored(text, body, cap, clean)
          : { text: "", bytes: received, cut: true, sha256 },
    },
    timings: replyMs === undefined ? { requestMs } : { requestMs, replyMs },
    durationMs: end?.durationMs ?? 0,
  };
  if (!end) exchange.open = true;
  if (end?.aborted) exchange.aborted = true;
  if (vendor) exchange.vendor = vendor.name;
  if (!outcome) return exchange;
  const { route, principal, strike, reply, basis, refusal, error } = outcome;
  if (route) exchange.operation = route.id;
  if (principal) exchange.principal = principal.id;
  if (principal?.remarks) exchange.remarks = principal.remarks.map(clean.text);
  if (strike) {
    exchange.fault = { rule: strike.rule, kind: strike.fault.kind, effect: strike.effect };
  }
  if (wire) {
    exchange.reply = {
      status: wire.status,
      headers: clean.headers(wire.headers),
      body: stored(typeof wire.plain === "string" ? wire.plain : "", wire.plain, cap, clean),
      cause: reply.cause,
      ...(basis && { basis }),
    };
  }
  // Of what is only decided yet, a delay may make something else.
  if (replyMs === undefined) return exchange;
  if (refusal) exchange.refusal = redactTexts(refusal, clean);
  if (error) exchange.error = clean.text(error);
  return exchange;
}

const NOTHING: StoredBody = { text: "", bytes: 0 };

/** More than any credential is long. */
const MARGIN = 1024;

/** As much of a body as can be stored, and a little more; four bytes make a character at most. */
const textOf = (body: Buffer, cap: number): string =>
  body.subarray(0, 4 * (cap + MARGIN)).toString("utf8");

function stored(text: string, raw: Buffer | string, cap: number, clean: Redactor): StoredBody {
  const bytes = Buffer.byteLength(raw);
  if (text.length <= cap) return { text: clean.text(text), bytes };
  // Half a credential would not be known for one: redact a little more than is kept, and let the end go.
  const kept = clean.text(text.slice(0, cap + MARGIN));
  return {
    text: kept.slice(0, Math.min(cap, Math.max(0, kept.length - MARGIN))),
    bytes,
    cut: true,
    sha256: createHash("sha256").update(raw).digest("hex"),
  };
}
