import { isoTime, monotonic } from "../core/clock.ts";
import type { Entry, Exchange, StoredBody } from "../core/journal/journal.ts";
import { NOT_SHOWN, type Redactor, redactor, redactTexts } from "../core/journal/redact.ts";
import type { Tenant } from "../core/tenant.ts";
import type { Vendor, WireRequest } from "../core/vendor.ts";
import type { Answer } from "./answer.ts";
import type { Feed } from "./feed.ts";
import { knownNames } from "./known-names.ts";
import { placeOf, replyBody, stored, textOf, withoutNear } from "./stored-body.ts";
import type { Wire } from "./wire/write-response.ts";

/** Records one exchange step by step. The tenant's journal stores it without credentials. */
export interface Recording {
  readonly tenant: Tenant;
  received(request: WireRequest): void;
  /** The answer that will be sent after a delay. */
  decided(answer: Answer): void;
  /** The answer as handed to the connection. `wire` is undefined if the client gets no reply. */
  replied(answer: Answer, wire: Wire | undefined): void;
  closed(aborted: boolean): void;
}

export interface Recorder {
  /**
   * Opens an exchange when only the head of its request has arrived. Returns undefined if the head does not show the
   * tenant, or if tenants can be changed in transactions only.
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
  /** Records bytes that were not an HTTP request, with the status that the client got, if any. */
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
    const made = redactors.get(tenant);
    if (made) return made;
    const own = vendors.flatMap((vendor) => vendor.credentials(tenant));
    const all = [...secrets, ...own.flatMap((credential) => credential.secrets)];
    const fresh = redactor(
      all,
      tenant.settings.journalShows === "all" ? undefined : knownNames(vendors),
    );
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
        refusal: { kind: "malformed", reason: `not an HTTP request: ${reason}` },
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
  #isWhole = false;
  #answer: Answer | undefined;
  /** Built as soon as the reply is known, while its parts are in the processor's caches. */
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
    this.#isWhole = true;
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

  /** If recording fails, the exchange says so: the call still succeeds, but a run does not pass. */
  #exchange(id: number, wire?: Wire, replyMs?: number): Writable<Exchange> {
    try {
      return this.#build(id, wire, replyMs);
    } catch (error) {
      return this.#unrecorded(id, error);
    }
  }

  #unrecorded(id: number, error: unknown): Writable<Exchange> {
    const { scheme, httpVersion, body, received = body.length } = this.#request;
    return {
      id,
      at: this.#at,
      tenant: this.tenant.name,
      ...(this.#vendor && { vendor: this.#vendor.name }),
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
      timings: { requestMs: this.#requestMs },
      durationMs: 0,
    };
  }

  /** Built member by member: spreading took a tenth of a call's time. */
  #build(id: number, wire?: Wire, replyMs?: number): Writable<Exchange> {
    const { journalBodyBytes: cap } = this.tenant.settings;
    const { scheme, httpVersion, method, url, headers, body, received, sha256 } = this.#request;
    const requestMs = this.#requestMs;
    const isOpen = !this.#isWhole && this.#answer === undefined;
    const text = textOf(body, cap);
    const shown = this.#known.request(method, url, headers, text, isOpen);
    const { rest } = shown;
    const exchange: Writable<Exchange> = {
      id,
      at: this.#at,
      tenant: this.tenant.name,
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
      timings: replyMs === undefined ? { requestMs } : { requestMs, replyMs },
      durationMs: 0,
    };
    if (this.#vendor) exchange.vendor = this.#vendor.name;
    if (!this.#answer) return exchange;
    const { route, principal, fault, reply, basis, refusal, error } = this.#answer;
    if (route) exchange.operation = route.id;
    if (principal) exchange.principal = principal.id;
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
    if (replyMs === undefined) return exchange;
    if (refusal) exchange.refusal = redactTexts(withoutNear(refusal), rest);
    if (error) exchange.error = rest.text(error);
    return exchange;
  }
}

const NOTHING: StoredBody = { text: "", bytes: 0 };
