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
  /** As the journal has it now. */
  readonly exchange: Exchange;
  /** Does nothing to a journal that has let the exchange go. */
  update(change: Partial<Omit<Exchange, "id" | "open">>): void;
  close(change?: Partial<Omit<Exchange, "id" | "open">>): void;
}

/** A tenant's exchanges, oldest first. Bounded: the oldest go, and are counted. */
export interface Journal {
  open(exchange: Omit<Exchange, "id" | "open">): Entry;
  entries(): readonly Exchange[];
  /** How many exchanges are gone because the journal was full. */
  readonly dropped: number;
  clear(): void;
}

export interface JournalLimits {
  readonly entries: number;
  /** Of all stored bodies together; the newest exchange stays, however large. */
  readonly bytes: number;
}

interface Slot {
  exchange: Exchange;
  /** False once the journal has let it go. */
  kept: boolean;
}

export function createJournal(limits: JournalLimits): Journal {
  let slots: Slot[] = [];
  let bytes = 0;
  let ids = 0;
  let dropped = 0;

  const put = (slot: Slot, exchange: Exchange): void => {
    if (slot.kept) bytes += size(exchange) - size(slot.exchange);
    slot.exchange = exchange;
    while (slots.length > 1 && (slots.length > limits.entries || bytes > limits.bytes)) {
      const oldest = slots.shift() as Slot;
      oldest.kept = false;
      bytes -= size(oldest.exchange);
      dropped++;
    }
  };

  return {
    open: (exchange) => {
      const slot: Slot = { exchange: { id: ++ids, ...exchange, open: true }, kept: true };
      slots.push(slot);
      bytes += size(slot.exchange);
      put(slot, slot.exchange);
      return {
        get exchange() {
          return slot.exchange;
        },
        update: (change) => put(slot, { ...slot.exchange, ...change }),
        close: (change) => {
          const { open: _, ...closed } = { ...slot.exchange, ...change };
          put(slot, closed);
        },
      };
    },
    entries: () => slots.map(({ exchange }) => exchange),
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

const size = ({ request, reply }: Exchange): number =>
  request.body.text.length + (reply?.body.text.length ?? 0);
