import { createHash } from "node:crypto";
import { isoTime, monotonic } from "../core/clock.ts";
import type { Entry, Exchange, StoredBody } from "../core/journal/journal.ts";
import { type Redactor, redactor, redactTexts } from "../core/journal/redact.ts";
import type { Tenant } from "../core/tenant.ts";
import type { Vendor, WireRequest } from "../core/vendor.ts";
import type { Answer } from "./answer.ts";
import type { Feed } from "./feed.ts";
import type { Wire } from "./wire/write-response.ts";

/** Records one exchange as it goes on. Its tenant's journal has it with every credential taken out. */
export interface Recording {
  readonly tenant: Tenant;
  received(request: WireRequest): void;
  /** The answer that goes out after a delay. */
  decided(answer: Answer): void;
  /** What is handed to the connection. `wire` is missing where the client gets no reply. */
  replied(answer: Answer, wire: Wire | undefined): void;
  closed(aborted: boolean): void;
}

export interface Recorder {
  /**
   * Opens an exchange when only the head of its request is there. Returns nothing where the head does not tell the
   * tenant, or where tenants may be changed in transactions only.
   */
  openEarly(
    tenant: Tenant | undefined,
    vendor: Vendor | undefined,
    head: WireRequest,
    started: number,
  ): Recording | undefined;
  /** Opens an exchange with the whole request. */
  open(
    tenant: Tenant,
    vendor: Vendor | undefined,
    request: WireRequest,
    started: number,
  ): Recording;
  /** Records bytes that were no HTTP request in the given tenant's journal, with the status they got, if any. */
  garbage(tenant: Tenant, status: number | undefined, reason: string): void;
}

export interface RecorderOptions {
  readonly vendors: readonly Vendor[];
  /** Secrets of the server itself. */
  readonly secrets: readonly string[];
  readonly feed: Feed;
  /** Whether other servers share the tenants. */
  readonly isShared: boolean;
}

export function createRecorder({ vendors, secrets, feed, isShared }: RecorderOptions): Recorder {
  const redactors = new WeakMap<Tenant, Redactor>();
  const redactorOf = (tenant: Tenant): Redactor => {
    const known = redactors.get(tenant);
    if (known) return known;
    const own = vendors.flatMap((vendor) => vendor.credentials(tenant));
    const fresh = redactor([...secrets, ...own.flatMap((credential) => credential.secrets)]);
    redactors.set(tenant, fresh);
    return fresh;
  };

  const open: Recorder["open"] = (tenant, vendor, request, started) =>
    new ExchangeRecording(tenant, vendor, request, started, redactorOf(tenant), feed);
  return {
    openEarly: (tenant, vendor, head, started) =>
      tenant && !isShared ? open(tenant, vendor, head, started) : undefined,
    open,
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

class ExchangeRecording implements Recording {
  readonly tenant: Tenant;
  readonly #vendor: Vendor | undefined;
  readonly #started: number;
  readonly #known: Redactor;
  readonly #feed: Feed;
  readonly #at: string;
  readonly #entry: Entry;
  #request: WireRequest;
  #requestMs: number;
  #answer: Answer | undefined;
  /** Built when the reply is known: its parts are still in the processor's caches then. */
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
    this.tenant = tenant;
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

  decided(answer: Answer): void {
    this.#answer = answer;
  }

  replied(answer: Answer, wire: Wire | undefined): void {
    this.#answer = answer;
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

  /** An exchange that cannot be rendered is kept as a fault of ours: without it, the kit would judge too few calls. */
  #exchange(id: number, wire?: Wire, replyMs?: number): Writable<Exchange> {
    try {
      return this.#rendered(id, wire, replyMs);
    } catch (cause) {
      const { scheme, httpVersion } = this.#request;
      const error = `the exchange cannot be recorded: ${cause instanceof Error ? cause.name : "unknown"}`;
      return {
        id,
        at: this.#at,
        tenant: this.tenant.name,
        request: { scheme, httpVersion, method: "?", url: "", headers: {}, body: NOTHING },
        error,
        durationMs: 0,
        ...(this.#vendor && { vendor: this.#vendor.name }),
      };
    }
  }

  /** Built member by member: spreading took a tenth of a call's time. */
  #rendered(id: number, wire?: Wire, replyMs?: number): Writable<Exchange> {
    const { journalBodyBytes: cap } = this.tenant.settings;
    const { scheme, httpVersion, method, url, headers, body, received, sha256 } = this.#request;
    const requestMs = this.#requestMs;
    const text = textOf(body, cap);
    const clean = this.#known.with(this.#known.presented(url, headers, text));
    const exchange: Writable<Exchange> = {
      id,
      at: this.#at,
      tenant: this.tenant.name,
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
    if (!this.#answer) return exchange;
    const { route, principal, fault, reply, basis, refusal, error } = this.#answer;
    if (route) exchange.operation = route.id;
    if (principal) exchange.principal = principal.id;
    if (principal?.remarks) exchange.remarks = principal.remarks.map(clean.text);
    if (fault) {
      exchange.fault = { rule: fault.rule, kind: fault.fault.kind, effect: fault.effect };
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
    // The answer may still change during a delay.
    if (replyMs === undefined) return exchange;
    if (refusal) exchange.refusal = redactTexts(refusal, clean);
    if (error) exchange.error = clean.text(error);
    return exchange;
  }
}

const NOTHING: StoredBody = { text: "", bytes: 0 };

/** Longer than any credential. */
const MARGIN = 1024;

/** The part of a body that can be stored, and a little more. A character takes at most four bytes. */
const textOf = (body: Buffer, cap: number): string =>
  body.subarray(0, 4 * (cap + MARGIN)).toString("utf8");

function stored(text: string, raw: Buffer | string, cap: number, clean: Redactor): StoredBody {
  const bytes = Buffer.byteLength(raw);
  if (text.length <= cap) return { text: clean.text(text), bytes };
  // Half a credential would not be recognised: redact a little more than is kept, then drop the end.
  const kept = clean.text(text.slice(0, cap + MARGIN));
  return {
    text: kept.slice(0, Math.min(cap, Math.max(0, kept.length - MARGIN))),
    bytes,
    cut: true,
    sha256: createHash("sha256").update(raw).digest("hex"),
  };
}
