import { createHash } from "node:crypto";
import { isoTime, monotonic } from "../core/clock.ts";
import type { Entry, Exchange, StoredBody } from "../core/journal/journal.ts";
import { type Redactor, redactor, redactTexts } from "../core/journal/redact.ts";
import type { Tenant } from "../core/tenant.ts";
import type { Vendor, WireRequest } from "../core/vendor.ts";
import type { Outcome } from "./answer.ts";
import type { Feed } from "./feed.ts";
import type { Wire } from "./wire/write-response.ts";

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
    begin: (tenant, vendor, head, started) =>
      new ExchangeRecording(tenant, vendor, head, started, redactorOf(tenant), feed),
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

type Writable<Value> = { -readonly [Key in keyof Value]: Value[Key] };

/** An exchange in its parts, as far as it has come. */
class ExchangeRecording implements Recording {
  readonly #tenant: Tenant;
  readonly #vendor: Vendor | undefined;
  readonly #started: number;
  readonly #known: Redactor;
  readonly #feed: Feed;
  readonly #at: string;
  readonly #entry: Entry;
  #request: WireRequest;
  #requestMs: number;
  #outcome: Outcome | undefined;
  /** Put together when the reply is known: what it is made of is still in the processor's caches then. */
  #made: Writable<Exchange> | undefined;
  #hasEnded = false;

  constructor(
    tenant: Tenant,
    vendor: Vendor | undefined,
    request: WireRequest,
    started: number,
    known: Redactor,
    feed: Feed,
  ) {
    this.#tenant = tenant;
    this.#vendor = vendor;
    this.#request = request;
    this.#started = started;
    this.#known = known;
    this.#feed = feed;
    this.#at = isoTime(tenant.clock.now());
    this.#requestMs = this.#since();
    this.#entry = tenant.journal.open((id) => this.#read(id));
    feed.began(this.#entry);
  }

  received(request: WireRequest): void {
    this.#request = request;
    this.#requestMs = this.#since();
  }

  decided(outcome: Outcome): void {
    this.#outcome = outcome;
  }

  replied(outcome: Outcome, wire: Wire | undefined): void {
    this.#outcome = outcome;
    this.#made = this.#exchange(this.#entry.id, wire, this.#since());
    this.#entry.update();
  }

  closed(aborted: boolean): void {
    this.#made ??= this.#exchange(this.#entry.id);
    this.#made.durationMs = this.#since();
    if (aborted) this.#made.aborted = true;
    this.#hasEnded = true;
    this.#feed.ended(this.#entry.close());
  }

  #since(): number {
    return Math.round((monotonic() - this.#started) * 1000) / 1000;
  }

  #read(id: number): Exchange {
    const exchange = this.#made ?? this.#exchange(id);
    return this.#hasEnded ? exchange : { ...exchange, open: true };
  }

  /** Member by member: to put it together by spreading took a tenth of a call's time. */
  #exchange(id: number, wire?: Wire, replyMs?: number): Writable<Exchange> {
    const { journalBodyBytes: cap } = this.#tenant.settings;
    const { scheme, httpVersion, method, url, headers, body, received, sha256 } = this.#request;
    const requestMs = this.#requestMs;
    const text = textOf(body, cap);
    const clean = this.#known.with(this.#known.presented(url, headers, text));
    const exchange: Writable<Exchange> = {
      id,
      at: this.#at,
      tenant: this.#tenant.name,
      request: {
        scheme,
        httpVersion,
        method: clean.text(method),
        url: clean.text(url),
        headers: clean.headers(headers),
        body:
          received === undefined || sha256 === undefined
            ? stored(text, body, cap, clean)
            : { text: "", bytes: received, cut: true, sha256 },
      },
      timings: replyMs === undefined ? { requestMs } : { requestMs, replyMs },
      durationMs: 0,
    };
    if (this.#vendor) exchange.vendor = this.#vendor.name;
    if (!this.#outcome) return exchange;
    const { route, principal, strike, reply, basis, refusal, error } = this.#outcome;
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
      };
      if (basis) Object.assign(exchange.reply, { basis });
    }
    // Of what is only decided yet, a delay may make something else.
    if (replyMs === undefined) return exchange;
    if (refusal) exchange.refusal = redactTexts(refusal, clean);
    if (error) exchange.error = clean.text(error);
    return exchange;
  }
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
