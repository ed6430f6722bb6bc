import type { Refusal } from "../errors.ts";
import type { Fault } from "../faults/fault.ts";

/** A body as the journal keeps it: credentials taken out, cut at the journal's cap. */
export interface StoredBody {
  readonly text: string;
  /** Length on the wire, before anything was cut. */
  readonly bytes: number;
  /** The text does not hold all of it. */
  readonly cut?: true;
  /** Of a body that was cut: the hash of all of it, in hexadecimal digits. */
  readonly sha256?: string;
  /** Why none of it is shown: it is neither JSON nor a form, so that nobody knows which part of it is a secret. */
  readonly hidden?: "not readable";
}

/** One request and what became of it. Nothing here is secret: credentials are taken out before an exchange is stored. */
export interface Exchange {
  /** Counted from 1 in its tenant; never given twice until a reset. */
  readonly id: number;
  /** The tenant's time at which the request began to come in (ISO 8601). */
  readonly at: string;
  readonly tenant: string;
  /** Still under way: the request is not all there, or its reply is not out. */
  readonly open?: true;
  /** Nothing where no vendor serves such a path. */
  readonly vendor?: string;
  readonly operation?: string;
  /** Who called, as far as the credentials held. */
  readonly principal?: string;
  /** What is doubtful about credentials that were let in. */
  readonly remarks?: readonly string[];
  readonly request: {
    readonly scheme: "http" | "https";
    /** `1.1`, `2.0`. Missing where the bytes were no HTTP request. */
    readonly httpVersion?: string;
    readonly method: string;
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: StoredBody;
  };
  /** What was played on the call, by which rule, and whether the operation's effect took place all the same. */
  readonly fault?: {
    readonly rule: string;
    readonly kind: Fault["kind"];
    readonly effect: boolean;
  };
  /** Nothing where the connection ended first, or a fault sent no HTTP. */
  readonly reply?: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: StoredBody;
    /** Why this reply was given, and how sure it is that the vendor would give it. */
    readonly cause: string;
    readonly basis?: string;
  };
  /** The connection ended before all of the reply was out. */
  readonly aborted?: true;
  readonly refusal?: Refusal;
  /** A fault of fauxdr's own. The reply is then not the vendor's. */
  readonly error?: string;
  /** It could not be recorded: `error` says why, and the rest may not be what was sent. */
  readonly unrecorded?: true;
  /** Milliseconds from the beginning until the request was there, and until the reply was handed to the connection. */
  readonly timings?: { readonly requestMs: number; readonly replyMs?: number };
  /** Milliseconds from the first byte of the request to the end of the reply. */
  readonly durationMs: number;
}

/** An exchange while it is under way. */
export interface Entry {
  readonly id: number;
  /** As it is now. */
  read(): Exchange;
  /** Tells that more is known of it; who looks reads it anew in any case. */
  update(): void;
  /** Keeps it as it is now, for good, unless the journal has let it go. */
  close(): Exchange;
}

/** A tenant's exchanges, oldest first. Bounded: the oldest go, and are counted. */
export interface Journal {
  /**
   * Opens an exchange. `read` puts it together under its id, as far as it has come, whenever somebody looks and once
   * when it is closed: nobody looks at most exchanges before that.
   */
  open(read: (id: number) => Exchange): Entry;
  entries(): readonly Exchange[];
  /** How many exchanges are gone because the journal was full. */
  readonly dropped: number;
  clear(): void;
}

export interface JournalLimits {
  readonly entries: number;
  /** Of the bodies of all exchanges that have ended; the newest stays, however large. */
  readonly bytes: number;
}

/** A class, as are recordings: to make closures for each exchange took a twentieth of a call's time. */
class Slot implements Entry {
  readonly id: number;
  readonly #keep: (slot: Slot) => void;
  /** The exchange once it has ended; before, the way to it. */
  #content: Exchange | ((id: number) => Exchange);
  /** False once the journal has let it go. */
  isKept = true;
  /** Of its bodies, once it has ended. */
  bytes = 0;

  constructor(id: number, read: (id: number) => Exchange, keep: (slot: Slot) => void) {
    this.id = id;
    this.#content = read;
    this.#keep = keep;
  }

  read(): Exchange {
    return typeof this.#content === "function" ? this.#content(this.id) : this.#content;
  }

  update(): void {}

  close(): Exchange {
    const exchange = this.read();
    this.#content = exchange;
    if (this.isKept) {
      this.bytes = exchange.request.body.text.length + (exchange.reply?.body.text.length ?? 0);
      this.#keep(this);
    }
    return exchange;
  }
}

export function createJournal(limits: JournalLimits): Journal {
  let slots: Slot[] = [];
  let bytes = 0;
  let dropped = 0;
  let ids = 0;
  /** How many at the beginning of `slots` are gone: to take each one out at once would move all the others. */
  let gone = 0;

  const makeRoom = (): void => {
    for (;;) {
      const count = slots.length - gone;
      if (count <= 1 || (count <= limits.entries && bytes <= limits.bytes)) break;
      const oldest = slots[gone++] as Slot;
      oldest.isKept = false;
      bytes -= oldest.bytes;
      dropped++;
    }
    if (gone > slots.length / 2) {
      slots = slots.slice(gone);
      gone = 0;
    }
  };
  const keep = (slot: Slot): void => {
    bytes += slot.bytes;
    makeRoom();
  };

  return {
    open: (read) => {
      const slot = new Slot(++ids, read, keep);
      slots.push(slot);
      makeRoom();
      return slot;
    },
    entries: () => slots.slice(gone).map((slot) => slot.read()),
    get dropped() {
      return dropped;
    },
    clear: () => {
      for (const slot of slots) slot.isKept = false;
      slots = [];
      gone = 0;
      bytes = 0;
      ids = 0;
      dropped = 0;
    },
  };
}
