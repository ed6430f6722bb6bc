import { isoTime } from "../core/clock.ts";
import type { Exchange, StoredBody } from "../core/journal.ts";
import { type Redactor, redactor } from "../core/redact.ts";
import type { Tenant } from "../core/tenant.ts";
import type { Vendor, WireRequest } from "../core/vendor.ts";
import type { Outcome } from "./answer.ts";
import type { Sent } from "./send.ts";

/** An exchange as the pipeline knows it. */
export interface Raw {
  readonly vendor: Vendor | undefined;
  readonly tenant: Tenant;
  readonly request: WireRequest;
  readonly outcome: Outcome;
  /** Nothing where the connection ended first. */
  readonly sent: Sent | undefined;
  readonly ms: number;
}

/** Writes exchanges into their tenant's journal, with every credential taken out first. */
export function createRecorder(vendors: readonly Vendor[]): (raw: Raw) => Exchange {
  const redactors = new WeakMap<Tenant, Redactor>();
  const redactorOf = (tenant: Tenant): Redactor => {
    const known = redactors.get(tenant);
    if (known) return known;
    const fresh = redactor(
      vendors.flatMap((vendor) => vendor.credentials(tenant).flatMap(({ secrets }) => secrets)),
    );
    redactors.set(tenant, fresh);
    return fresh;
  };
  return ({ vendor, tenant, request, outcome, sent, ms }) => {
    const clean = redactorOf(tenant);
    const { route, principal, refusal, basis, error, reply } = outcome;
    const cap = tenant.settings.journalBodyBytes;
    return tenant.journal.add({
      at: isoTime(tenant.clock.now()),
      tenant: tenant.name,
      ...(vendor && { vendor: vendor.name }),
      ...(route && { operation: route.id }),
      ...(principal && { principal: principal.id }),
      request: {
        method: request.method,
        url: clean.url(request.url),
        headers: clean.headers(request.headers),
        body:
          request.received === undefined
            ? store(request.body.toString("utf8"), request.body.length, cap, clean)
            : { text: "", bytes: request.received, cut: true },
      },
      ...(sent && {
        reply: {
          status: sent.status,
          headers: clean.headers(sent.headers),
          body: store(sent.body, Buffer.byteLength(sent.body), cap, clean),
          cause: reply.cause,
          ...(basis && { basis }),
        },
      }),
      ...(refusal && { refusal: redactRefusal(refusal, clean) }),
      ...(error && { error: clean.text(error) }),
      durationMs: Math.round(ms * 1000) / 1000,
    });
  };
}

/** Bytes that were no HTTP request belong to nobody: they go into the given tenant's journal. */
export function recordGarbage(tenant: Tenant, status: number, reason: string): Exchange {
  const nothing: StoredBody = { text: "", bytes: 0 };
  return tenant.journal.add({
    at: isoTime(tenant.clock.now()),
    tenant: tenant.name,
    request: { method: "", url: "", headers: {}, body: nothing },
    reply: { status, headers: { connection: "close" }, body: nothing, cause: "malformed" },
    refusal: { kind: "malformed", reason: `no HTTP request: ${reason}` },
    durationMs: 0,
  });
}

/** More than any credential is long. */
const MARGIN = 1024;

function store(text: string, bytes: number, cap: number, clean: Redactor): StoredBody {
  if (text.length <= cap) return { text: clean.url(clean.text(text)), bytes };
  // Half a credential would not be known for one: redact a little more than is kept, and let the end go.
  const kept = clean.url(clean.text(text.slice(0, cap + MARGIN)));
  return {
    text: kept.slice(0, Math.min(cap, Math.max(0, kept.length - MARGIN))),
    bytes,
    cut: true,
  };
}

/** Text by text: in the JSON of it, a secret may begin inside an escape, and what is left would be no JSON. */
const redactRefusal = <Value>(refusal: Value, clean: Redactor): Value =>
  JSON.parse(JSON.stringify(refusal), (_, value: unknown) =>
    typeof value === "string" ? clean.text(value) : value,
  ) as Value;
