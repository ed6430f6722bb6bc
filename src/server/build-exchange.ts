import { isoTime } from "../core/clock.ts";
import type { Exchange } from "../core/journal/journal.ts";
import { NOT_SHOWN, type Redactor } from "../core/journal/redact.ts";
import { redactTexts } from "../core/journal/redact-texts.ts";
import type { Reply } from "../core/reply.ts";
import type { Tenant } from "../core/tenant.ts";
import type { Vendor } from "../core/vendor.ts";
import type { Answer } from "./answer.ts";
import { bodyOf, type HeldRequest } from "./held-request.ts";
import { placeOf, replyBody, stored, textOf, withoutNear } from "./stored-body.ts";
import type { Wire } from "./wire/write-response.ts";

/** The parts of an answer that an exchange shows. Without the value of its reply, which `wire` has as text. */
export type RecordedAnswer = Omit<Answer, "reply"> & { readonly reply: Pick<Reply, "cause"> };

/** What is known of an exchange so far, credentials included. */
export interface Observed {
  /** When it began, in milliseconds of the tenant's time. */
  readonly at: number;
  readonly tenant: Tenant;
  readonly vendor: Vendor | undefined;
  /** Called when the exchange is first read: making the first redactor takes as long as a hundred calls. */
  readonly redactorOf: (tenant: Tenant) => Redactor;
  readonly request: HeldRequest;
  readonly isWhole: boolean;
  readonly answer: RecordedAnswer | undefined;
  /** Undefined if the client gets no reply. */
  readonly wire: Wire | undefined;
  // Microseconds from the start. Undefined for events that have not happened.
  readonly arrived: number;
  readonly replied: number | undefined;
  readonly ended: number | undefined;
  readonly isAborted: boolean;
}

type Writable<Value> = { -readonly [Key in keyof Value]: Value[Key] };

/** An exchange without credentials. If that fails, it says so: the call still succeeds, but a run does not pass. */
export function buildExchange(id: number, seen: Observed): Exchange {
  const exchange = recorded(id, seen);
  if (seen.ended === undefined) exchange.open = true;
  else exchange.durationMs = seen.ended / 1000;
  if (seen.isAborted) exchange.aborted = true;
  return exchange;
}

function recorded(id: number, seen: Observed): Writable<Exchange> {
  try {
    return withoutCredentials(id, seen);
  } catch (error) {
    return unrecorded(id, seen, error);
  }
}

function unrecorded(id: number, seen: Observed, error: unknown): Writable<Exchange> {
  const { at, tenant, vendor, request } = seen;
  const { scheme, httpVersion, body, received = body.length } = request;
  return {
    id,
    at: isoTime(at),
    tenant: tenant.name,
    ...(vendor && { vendor: vendor.name }),
    request: {
      scheme,
      httpVersion,
      method: NOT_SHOWN,
      url: NOT_SHOWN,
      headers: {},
      body: { text: "", bytes: received, cut: true },
    },
    error: `fauxdr could not record this exchange: ${placeOf(error)}`,
    unrecorded: true,
    timings: { requestMs: seen.arrived / 1000 },
    durationMs: 0,
  };
}

/** Built member by member: spreading took a tenth of a call's time. */
function withoutCredentials(id: number, seen: Observed): Writable<Exchange> {
  const { at, tenant, vendor, redactorOf, answer, wire, replied } = seen;
  const { journalBodyBytes: cap } = tenant.settings;
  const { scheme, httpVersion, method, url, headers, received, sha256 } = seen.request;
  const body = bodyOf(seen.request);
  const text = textOf(body, cap);
  const isPartial = !seen.isWhole && answer === undefined;
  const shown = redactorOf(tenant).request(method, url, headers, text, isPartial);
  const { rest } = shown;
  const requestMs = seen.arrived / 1000;
  const exchange: Writable<Exchange> = {
    id,
    at: isoTime(at),
    tenant: tenant.name,
    request: {
      scheme,
      httpVersion,
      method: shown.method,
      url: shown.url,
      headers: shown.headers,
      body:
        received === undefined || sha256 === undefined
          ? stored(shown.body, text, body, cap)
          : { text: "", bytes: received, cut: true, sha256 },
    },
    timings: replied === undefined ? { requestMs } : { requestMs, replyMs: replied / 1000 },
    durationMs: 0,
  };
  if (vendor) exchange.vendor = vendor.name;
  if (!answer) return exchange;
  const { route, principal, ignored, fault, reply, basis, refusal, upstream, error } = answer;
  if (route) exchange.operation = route.id;
  if (principal) exchange.principal = principal.id;
  if (ignored) exchange.ignored = ignored.map(rest.text);
  if (principal?.remarks) exchange.remarks = principal.remarks.map(rest.text);
  if (fault) {
    exchange.fault = { rule: fault.rule, kind: fault.fault.kind, effect: fault.effect };
  }
  if (wire) {
    exchange.reply = {
      status: wire.status,
      headers: rest.headers(wire.headers),
      body: replyBody(wire.plain, cap, rest),
      cause: reply.cause,
    };
    if (basis) Object.assign(exchange.reply, { basis });
  }
  // The answer may still change during a delay.
  if (replied === undefined) return exchange;
  if (refusal) exchange.refusal = redactTexts(withoutNear(refusal), rest);
  if (upstream) exchange.upstream = redactTexts(upstream, rest);
  if (error) exchange.error = rest.text(error);
  return exchange;
}
