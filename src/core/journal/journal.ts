import type { Refusal } from "../errors.ts";
import type { Fault } from "../faults/fault.ts";

/** A body in the journal: without credentials, and cut at the journal's limit. */
export interface StoredBody {
  readonly text: string;
  /** Length on the wire. */
  readonly bytes: number;
  /** `text` is not the whole body. */
  readonly cut?: true;
  /** Hash of the whole body, in hexadecimal digits, if it was cut. */
  readonly sha256?: string;
  /** Why the body is hidden: it is neither JSON nor a form, so any part of it may be secret. */
  readonly hidden?: "not readable";
}

/** One request and its reply. Credentials are removed before an exchange is read. */
export interface Exchange {
  /** Counted from 1 in each tenant. Unique until a reset. */
  readonly id: number;
  /** When the request began to arrive, in the tenant's time (ISO 8601). */
  readonly at: string;
  readonly tenant: string;
  /** In progress: the request has not fully arrived, or the reply is not sent. */
  readonly open?: true;
  /** Undefined if no vendor owns the path. */
  readonly vendor?: string;
  readonly operation?: string;
  /** The authenticated caller, if any. */
  readonly principal?: string;
  /** Doubts about the accepted credentials. */
  readonly remarks?: readonly string[];
  /** Members of the body that the call does not have and the vendor ignores, as JSON pointers. */
  readonly ignored?: readonly string[];
  readonly request: {
    readonly scheme: "http" | "https";
    /** `1.1` or `2.0`. Undefined if the bytes were not an HTTP request. */
    readonly httpVersion?: string;
    readonly method: string;
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: StoredBody;
  };
  /** The fault that was applied, its rule, and whether the operation still took effect. */
  readonly fault?: {
    readonly rule: string;
    readonly kind: Fault["kind"];
    readonly effect: boolean;
  };
  /** Undefined if the connection ended first, or a fault sent no HTTP. */
  readonly reply?: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: StoredBody;
    /** The cause of the reply, and how sure it is that the vendor would send it. */
    readonly cause: string;
    readonly basis?: string;
  };
  /** The connection ended before the whole reply was sent. */
  readonly aborted?: true;
  readonly refusal?: Refusal;
  /** Set if a real server stands behind this one: how its reply differs from the vendor's document. */
  readonly upstream?: {
    /** The request was not passed on, because it may act on machines. */
    readonly heldBack?: true;
    readonly drifts: readonly UpstreamDrift[];
  };
  /** A bug of fauxdr. The reply is then not the vendor's. */
  readonly error?: string;
  /** Recording failed: `error` says why, and the rest may differ from what was sent. */
  readonly unrecorded?: true;
  /** Milliseconds from the start until the request had arrived, and until the reply was handed to the connection. */
  readonly timings?: { readonly requestMs: number; readonly replyMs?: number };
  /** Milliseconds from the first byte of the request to the end of the reply. */
  readonly durationMs: number;
}

/** Where a reply of a real server differs from the vendor's document. */
export interface UpstreamDrift {
  /** `status`, `header/content-type`, or a JSON pointer into the body. */
  readonly where: string;
  readonly what: string;
  /** Of what the reply should have been. */
  readonly basis: string;
}

/** An exchange in progress. */
export interface Entry {
  readonly id: number;
  /** The exchange in its current state. */
  read(): Exchange;
  /** Reports a change. Only journals that several servers share have it. */
  update?(): void;
  /** Stores the exchange in its final state, unless the journal has dropped it. */
  close(): Exchange;
  /**
   * Ends the exchange and builds its final state when it is first read, because most are dropped unread. `bytes` is the
   * size of its bodies, which are held until then. A journal that several servers share adds the rest to what it has.
   */
  closeUnread(bytes: number, durationMs?: number, isAborted?: boolean): void;
}

/** A tenant's exchanges, oldest first. Bounded: it drops the oldest, and counts them. */
export interface Journal {
  /** Opens an exchange. `read` builds its current state, and after its end its final state, once. */
  open(read: (id: number) => Exchange): Entry;
  entries(): readonly Exchange[];
  /** The same, newest first. Reads no more of them than the caller takes. */
  newestFirst(): Iterable<Exchange>;
  /** How many exchanges were dropped because the journal was full. */
  readonly dropped: number;
  clear(): void;
}

export interface JournalLimits {
  readonly entries: number;
  /** Limit on the bodies of all ended exchanges. The newest exchange is always kept. */
  readonly bytes: number;
}

/** Limit on the bodies of unread exchanges, because the first reader waits until all of them are built. */
const UNREAD_BYTES = 4 * 1024 * 1024;

/** The sums over all slots of a journal. */
interface Totals {
  /** Of the bodies of all ended exchanges. */
  bytes: number;
  /** Of the unread ones. */
  unread: number;
  makeRoom(): void;
}

/** A class, because creating closures for each exchange took a twentieth of a call's time. */
class Slot implements Entry {
  readonly id: number;
  readonly #totals: Totals;
  /** The ended exchange, or a function that builds its current state. */
  #content: Exchange | ((id: number) => Exchange);
  #isUnread: boolean;
  /** False after the journal has dropped it. */
  #isKept: boolean;
  /** Size of its bodies, after it has ended. */
  #bytes: number;

  constructor(id: number, read: (id: number) => Exchange, totals: Totals) {
    this.id = id;
    this.#totals = totals;
    this.#content = read;
    this.#isUnread = false;
    this.#isKept = true;
    this.#bytes = 0;
  }

  read(): Exchange {
    if (typeof this.#content !== "function") return this.#content;
    const exchange = this.#content(this.id);
    if (this.#isUnread) {
      this.#count(-this.#bytes);
      this.#isUnread = false;
      this.#store(exchange);
    }
    return exchange;
  }

  close(): Exchange {
    const exchange = this.read();
    this.#store(exchange);
    if (this.#isKept) this.#totals.makeRoom();
    return exchange;
  }

  closeUnread(bytes: number): void {
    if (this.#totals.unread + bytes > UNREAD_BYTES) return void this.close();
    this.#isUnread = true;
    this.#count(bytes);
    if (this.#isKept) this.#totals.makeRoom();
  }

  drop(): void {
    this.#count(-this.#bytes);
    this.#isKept = false;
  }

  #store(exchange: Exchange): void {
    this.#content = exchange;
    this.#count(exchange.request.body.text.length + (exchange.reply?.body.text.length ?? 0));
  }

  /** Adds to the size of its bodies. Dropped exchanges do not count. */
  #count(bytes: number): void {
    if (!this.#isKept) return;
    this.#bytes += bytes;
    this.#totals.bytes += bytes;
    if (this.#isUnread) this.#totals.unread += bytes;
  }
}

export function createJournal(limits: JournalLimits): Journal {
  let slots: Slot[] = [];
  let dropped = 0;
  let ids = 0;
  /** How many slots at the start are dropped. Removing each at once would move all the others. */
  let gone = 0;

  const makeRoom = (): void => {
    for (;;) {
      const count = slots.length - gone;
      if (count <= 1 || (count <= limits.entries && totals.bytes <= limits.bytes)) break;
      slots[gone++]?.drop();
      dropped++;
    }
    if (gone > slots.length / 2) {
      slots = slots.slice(gone);
      gone = 0;
    }
  };
  const totals: Totals = { bytes: 0, unread: 0, makeRoom };

  return {
    open: (read) => {
      const slot = new Slot(++ids, read, totals);
      slots.push(slot);
      makeRoom();
      return slot;
    },
    entries: () => slots.slice(gone).map((slot) => slot.read()),
    *newestFirst() {
      for (const slot of slots.slice(gone).reverse()) yield slot.read();
    },
    get dropped() {
      return dropped;
    },
    clear: () => {
      for (const slot of slots.slice(gone)) slot.drop();
      slots = [];
      gone = 0;
      ids = 0;
      dropped = 0;
    },
  };
}
