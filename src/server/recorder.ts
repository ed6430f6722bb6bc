import { createHash } from "node:crypto";
import { isoTime, monotonic } from "../core/clock.ts";
import type { Exchange, StoredBody } from "../core/journal.ts";
import { type Redactor, redactor, redactTexts } from "../core/redact.ts";
import type { Tenant } from "../core/tenant.ts";
import type { Vendor, WireRequest } from "../core/vendor.ts";
import type { Outcome } from "./answer.ts";
import type { Wire } from "./send.ts";

/** Writes one exchange into its tenant's journal, as far as it has come, with every credential taken out first. */
export interface Recording {
  received(request: WireRequest): void;
  /** What is to be answered, where a delay comes first. */
  decided(outcome: Outcome): void;
  /** What is handed to the connection; nothing where nobody is left to read it. */
  replied(outcome: Outcome, wire: Wire | undefined): void;
  closed(aborted: boolean): void;
}

/** Told of every exchange when it begins and when it has ended. */
export type OnExchange = (exchange: Exchange) => void;

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
  onExchange: OnExchange,
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
    begin: (tenant, vendor, request, started) => {
      const known = redactorOf(tenant);
      const cap = tenant.settings.journalBodyBytes;
      const since = (): number => Math.round((monotonic() - started) * 1000) / 1000;
      let clean = known;
      const requestOf = (request: WireRequest): Exchange["request"] => {
        const { scheme, method, url, headers, body, received, sha256 } = request;
        const text = textOf(body, cap);
        clean = known.with(known.presented(url, headers, text));
        return {
          scheme,
          method: clean.text(method),
          url: clean.text(url),
          headers: clean.headers(headers),
          body:
            received === undefined || sha256 === undefined
              ? stored(text, body, cap, clean)
              : { text: "", bytes: received, cut: true, sha256 },
        };
      };
      const entry = tenant.journal.open({
        at: isoTime(tenant.clock.now()),
        tenant: tenant.name,
        ...(vendor && { vendor: vendor.name }),
        request: requestOf(request),
        timings: { requestMs: since() },
        durationMs: 0,
      });
      onExchange(entry.exchange);
      return {
        received: (request) =>
          entry.update({
            ...((request.body.length > 0 || request.received) && { request: requestOf(request) }),
            timings: { requestMs: since() },
          }),
        decided: (outcome) => entry.update(about(outcome, clean)),
        replied: (outcome, wire) => {
          const { reply, basis, refusal, error } = outcome;
          entry.update({
            ...about(outcome, clean),
            ...(wire && {
              reply: {
                status: wire.status,
                headers: clean.headers(wire.headers),
                body: stored(wire.text, wire.plain, cap, clean),
                cause: reply.cause,
                ...(basis && { basis }),
              },
            }),
            ...(refusal && { refusal: redactTexts(refusal, clean) }),
            ...(error && { error: clean.text(error) }),
            timings: { requestMs: entry.exchange.timings?.requestMs ?? 0, replyMs: since() },
          });
        },
        closed: (aborted) => {
          entry.close({ ...(aborted && { aborted: true as const }), durationMs: since() });
          onExchange(entry.exchange);
        },
      };
    },
    garbage: (tenant, status, reason) => {
      const entry = tenant.journal.open({
        at: isoTime(tenant.clock.now()),
        tenant: tenant.name,
        request: { scheme: "http", method: "", url: "", headers: {}, body: NOTHING },
        ...(status !== undefined && {
          reply: { status, headers: { connection: "close" }, body: NOTHING, cause: "malformed" },
        }),
        refusal: { kind: "malformed", reason: `no HTTP request: ${reason}` },
        durationMs: 0,
      });
      entry.close();
      onExchange(entry.exchange);
    },
  };
}

const about = (
  { route, principal, strike }: Outcome,
  clean: Redactor,
): Pick<Exchange, "operation" | "principal" | "remarks" | "fault"> => ({
  ...(route && { operation: route.id }),
  ...(principal && { principal: principal.id }),
  ...(principal?.remarks && { remarks: principal.remarks.map(clean.text) }),
  ...(strike && {
    fault: { rule: strike.rule, kind: strike.fault.kind, effect: strike.effect },
  }),
});

const NOTHING: StoredBody = { text: "", bytes: 0 };

/** More than any credential is long. */
const MARGIN = 1024;

/** As much of a body as can be stored, and a little more; four bytes make a character at most. */
const textOf = (body: Buffer, cap: number): string =>
  body.subarray(0, 4 * (cap + MARGIN)).toString("utf8");

function stored(text: string, raw: Buffer, cap: number, clean: Redactor): StoredBody {
  const bytes = raw.length;
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
