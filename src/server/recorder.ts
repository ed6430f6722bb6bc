import { isoTime, monotonic } from "../core/clock.ts";
import type { Entry, StoredBody } from "../core/journal/journal.ts";
import { type Redactor, redactor } from "../core/journal/redact.ts";
import type { Tenant } from "../core/tenant.ts";
import type { Vendor, WireRequest } from "../core/vendor.ts";
import type { Answer } from "./answer.ts";
import { buildExchange, type Observed } from "./build-exchange.ts";
import type { Feed } from "./feed.ts";
import { held, type LastHeaders } from "./held-request.ts";
import { knownNames } from "./known-names.ts";
import type { Wire } from "./wire/write-response.ts";

/** Records one exchange step by step. The tenant's journal shows it without credentials. */
export interface Recording {
  readonly tenant: Tenant;
  received(request: WireRequest): void;
  /** The answer that will be sent after a delay. */
  decided(answer: Answer): void;
  /** The answer as handed to the connection. `wire` is undefined if the client gets no reply. */
  replied(answer: Answer, wire: Wire | undefined): void;
  /** The connection is done with the reply. `ended` is when, by the clock of `monotonic`. */
  closed(aborted: boolean, ended: number): void;
}

export interface Recorder {
  /**
   * Opens an exchange when only the head of its request has arrived. Returns undefined if the head does not show the
   * tenant.
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
}

export function createRecorder({ vendors, secrets, feed }: RecorderOptions): Recorder {
  const lastHeaders: LastHeaders = { headers: {} };
  const redactors = new WeakMap<Tenant, Redactor>();
  const redactorOf = (tenant: Tenant): Redactor => {
    const made = redactors.get(tenant);
    if (made) return made;
    const own = vendors.flatMap((vendor) => vendor.credentials(tenant));
    const all = [...secrets, ...own.flatMap((credential) => credential.secrets)];
    const isOpen = tenant.settings.journalShows === "all";
    const fresh = redactor(all, isOpen ? undefined : knownNames(vendors, tenant.documents));
    redactors.set(tenant, fresh);
    return fresh;
  };

  const open: Recorder["open"] = (tenant, vendor, request, started) =>
    new ExchangeRecording(
      {
        at: tenant.clock.now(),
        tenant,
        vendor,
        redactorOf,
        request,
        isWhole: false,
        answer: undefined,
        wire: undefined,
        arrived: since(started),
        replied: undefined,
        ended: undefined,
        isAborted: false,
      },
      started,
      feed,
      lastHeaders,
    );
  return {
    openEarly: (tenant, vendor, head, started) =>
      tenant ? open(tenant, vendor, head, started) : undefined,
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

/**
 * Keeps the parts of an exchange that the pipeline has anyway. The exchange is built without credentials when it is
 * first read. Most exchanges are never read, and building each of them took a sixth of a call's time.
 */
class ExchangeRecording implements Recording {
  readonly tenant: Tenant;
  readonly #seen: Writable<Observed>;
  readonly #started: number;
  readonly #entry: Entry;
  readonly #feed: Feed;
  readonly #lastHeaders: LastHeaders;

  constructor(seen: Writable<Observed>, started: number, feed: Feed, lastHeaders: LastHeaders) {
    this.tenant = seen.tenant;
    this.#seen = seen;
    this.#started = started;
    this.#feed = feed;
    this.#lastHeaders = lastHeaders;
    this.#entry = seen.tenant.journal.open((id) => buildExchange(id, seen));
    if (feed.isWatched) feed.began(this.#entry);
  }

  received(request: WireRequest): void {
    this.#seen.request = request;
    this.#seen.isWhole = true;
    this.#seen.arrived = since(this.#started);
  }

  decided(answer: Answer): void {
    this.#seen.answer = answer;
  }

  replied(answer: Answer, wire: Wire | undefined): void {
    this.#seen.answer = answer;
    this.#seen.wire = wire;
    this.#seen.replied = since(this.#started);
    this.#entry.update?.();
  }

  closed(isAborted: boolean, ended: number): void {
    const seen = this.#seen;
    seen.isAborted = isAborted;
    seen.ended = micros(ended - this.#started);
    if (this.#feed.isWatched) {
      this.#feed.ended(this.#entry.close());
      return;
    }
    const bytes = seen.request.body.length + (seen.wire?.plain.length ?? 0);
    if (!this.#entry.update) this.#shrink();
    this.#entry.closeUnread(bytes, seen.ended / 1000, isAborted);
  }

  /** Leaves less to hold. A journal that reports changes holds the text of the exchange, and nothing of this. */
  #shrink(): void {
    const seen = this.#seen;
    seen.request = held(seen.request, this.#lastHeaders);
    if (seen.answer) seen.answer = { ...seen.answer, reply: { cause: seen.answer.reply.cause } };
  }
}

/** Milliseconds as microseconds, a small integer: each other number that an exchange holds would be an object. */
const micros = (ms: number): number => Math.round(ms * 1000);
const since = (started: number): number => micros(monotonic() - started);

const NOTHING: StoredBody = { text: "", bytes: 0 };
