import type { Refusal } from "./errors.ts";
import type { Fault } from "./fault.ts";

/** A body as the journal keeps it: credentials taken out, cut at the journal's cap. */
export interface StoredBody {
  readonly text: string;
  /** Length on the wire, before anything was cut. */
  readonly bytes: number;
  /** The text does not hold all of it. */
  readonly cut?: true;
  /** Of a body that was cut: the hash of all of it, in hexadecimal digits. */
  readonly sha256?: string;
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
  /** Milliseconds from the beginning until the request was there, and until the reply was handed to the connection. */
  readonly timings?: { readonly requestMs: number; readonly replyMs?: number };
  /** Milliseconds from the first byte of the request to the end of the reply. */
  readonly durationMs: number;
}

/** An exchange while it is under way. */
export interface Entry {
  /** As it is now. */
  read(): Exchange;
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

interface Slot {
  readonly id: number;
  /** The exchange once it has ended; before, the way to it. */
  content: Exchange | ((id: number) => Exchange);
  /** False once the journal has let it go. */
  kept: boolean;
}

export function createJournal(limits: JournalLimits): Journal {
  let slots: Slot[] = [];
  let bytes = 0;
  let ids = 0;
  let dropped = 0;

  const makeRoom = (): void => {
    while (slots.length > 1 && (slots.length > limits.entries || bytes > limits.bytes)) {
      const oldest = slots.shift() as Slot;
      oldest.kept = false;
      bytes -= size(oldest);
      dropped++;
    }
  };

  return {
    open: (read) => {
      const slot: Slot = { id: ++ids, content: read, kept: true };
      slots.push(slot);
      makeRoom();
      return {
        read: () => current(slot),
        close: () => {
          const exchange = read(slot.id);
          slot.content = exchange;
          if (slot.kept) {
            bytes += size(slot);
            makeRoom();
          }
          return exchange;
        },
      };
    },
    entries: () => slots.map(current),
    get dropped() {
      return dropped;
    },
    clear: () => {
      for (const slot of slots) slot.kept = false;
      slots = [];
      bytes = 0;
      ids = 0;
      dropped = 0;
    },
  };
}

const current = ({ id, content }: Slot): Exchange =>
  typeof content === "function" ? content(id) : content;

const size = ({ content }: Slot): number =>
  typeof content === "function"
    ? 0
    : content.request.body.text.length + (content.reply?.body.text.length ?? 0);
